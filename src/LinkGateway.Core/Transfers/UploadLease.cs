namespace LinkGateway.Core.Transfers;

/// <summary>One request that is writing chunks under an attempt. Cancelled when the sender is gone or somebody newer takes over.</summary>
sealed class UploadLease : IDisposable
{
    readonly UploadAttempt _attempt;
    readonly CancellationTokenSource _cancellation;
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public UploadLease(UploadAttempt attempt, int? chunk, CancellationToken request)
    {
        (_attempt, Chunk) = (attempt, chunk);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(request);
        Token = _cancellation.Token;
    }

    /// <summary>The chunk that it writes; null when it writes the whole file.</summary>
    public int? Chunk { get; }

    public CancellationToken Token { get; }

    /// <summary>True when a newer request took over.</summary>
    public bool TakenOver { get; private set; }

    public Task Ended => _ended.Task;

    public Task TakeOverAsync()
    {
        TakenOver = true;
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this moment.
        }

        return Ended;
    }

    public void Dispose()
    {
        _attempt.Leave(this);
        _ended.TrySetResult();
        _cancellation.Dispose();
    }
}

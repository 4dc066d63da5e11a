namespace LinkGateway.Client.Sending;

/// <summary>Adds up what was sent, from several chunks at once, and tells it on.</summary>
sealed class ProgressMeter(IProgress<SendProgress>? target)
{
    long _done;
    long _sent;

    public IProgress<SendProgress>? Target => target;

    public SendPhase Phase { get; private set; }

    public long? Total { get; set; }

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>What the gateway held before the first byte was sent.</summary>
    public long? HeldAtFirst { get; private set; }

    public void Enter(SendPhase phase)
    {
        Phase = phase;
        Report(null);
    }

    public void Hold(long bytes)
    {
        HeldAtFirst ??= bytes;
        Interlocked.Exchange(ref _done, bytes);
        Report(null);
    }

    public void Advance(long bytes)
    {
        Interlocked.Add(ref _sent, bytes);
        Interlocked.Add(ref _done, bytes);
        Report(null);
    }

    /// <summary>The gateway had it already and did not want the bytes.</summary>
    public void Skip(long bytes)
    {
        Interlocked.Add(ref _done, bytes);
        Report(null);
    }

    /// <summary>A chunk has to be sent again: what was done of it is undone, what was sent stays sent.</summary>
    public void TakeBack(long bytes)
    {
        Interlocked.Add(ref _done, -bytes);
        Report(null);
    }

    public void Trouble(string reason) => Report(reason);

    void Report(string? trouble) =>
        target?.Report(new SendProgress(Phase, Total, Interlocked.Read(ref _done), Interlocked.Read(ref _sent), trouble));
}

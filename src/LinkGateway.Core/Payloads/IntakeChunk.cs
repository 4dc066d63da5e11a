using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Payloads;

/// <summary>One chunk while it is taken in.</summary>
sealed class IntakeChunk(int index, IChunkWriter? writer)
{
    readonly TaskCompletionSource<Sha256Digest> _digest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Index { get; } = index;

    /// <summary>Null when the chunk is held already and only compared.</summary>
    public IChunkWriter? Writer { get; } = writer;

    public long Length { get; set; }

    public Task<Sha256Digest> Digest => _digest.Task;

    public Task Written => _written.Task;

    public void Hashed(Sha256Digest digest) => _digest.TrySetResult(digest);

    public void WriteEnded() => _written.TrySetResult();

    /// <summary>Hands the failure of the write to whoever waits for this chunk; no further block of it comes through.</summary>
    public void WriteFailed(Exception exception) => _written.TrySetException(exception);

    /// <summary>Frees whoever waits for this chunk when the upload has failed.</summary>
    public void Abandon()
    {
        _digest.TrySetCanceled();
        _written.TrySetCanceled();
    }
}

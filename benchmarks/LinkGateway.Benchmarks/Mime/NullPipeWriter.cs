using System.IO.Pipelines;

namespace LinkGateway.Benchmarks.Mime;

/// <summary>A pipe writer that takes in everything and keeps nothing; it allocates nothing after it is made.</summary>
sealed class NullPipeWriter : PipeWriter
{
    byte[] _buffer = new byte[256 * 1024];

    /// <summary>Bytes taken in since it was made.</summary>
    public long Written { get; private set; }

    public override void Advance(int bytes) => Written += bytes;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (sizeHint > _buffer.Length) _buffer = new byte[sizeHint];
        return _buffer;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }
}

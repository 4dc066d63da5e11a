using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Stands before a pipe and keeps a copy of every byte that is consumed from it, so that what was read can be passed on as it came. What
/// is not consumed stays in the pipe.
/// </summary>
/// <param name="source">The pipe; never completed here.</param>
/// <param name="limit">The most bytes that are kept.</param>
sealed class RecordingReader(PipeReader source, int limit) : PipeReader, IDisposable
{
    ReadOnlySequence<byte> _buffer;
    PooledBytes _bytes;

    /// <summary>The bytes consumed so far; valid until more are consumed.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.Memory;

    /// <summary>Gives the bytes to a new owner, who disposes them.</summary>
    public PooledBytes Release()
    {
        var bytes = _bytes;
        _bytes = default;
        return bytes;
    }

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = source.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new(Note(read.Result)) : NoteAsync(read);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        var any = source.TryRead(out result);
        if (any)
            Note(result);
        return any;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    /// <exception cref="SoapFormatException">More would have to be kept than the limit allows.</exception>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var taken = _buffer.Slice(_buffer.Start, consumed);
        if (taken.Length > limit - Bytes.Length)
        {
            source.AdvanceTo(_buffer.Start);
            throw new SoapFormatException(SoapFormatError.TooLarge,
                $"The message has more than {limit} bytes up to the end of its envelope, encoding and part headers counted "
                + "(rootBytes, preRootSpoolBytes); send the envelope first and without base64.");
        }
        if (!taken.IsEmpty)
            _bytes.Append(taken, limit);
        _buffer = default;
        source.AdvanceTo(consumed, examined);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => source.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => source.Complete(exception);

    public void Dispose() => _bytes.Dispose();

    ReadResult Note(in ReadResult read)
    {
        _buffer = read.Buffer;
        return read;
    }

    async ValueTask<ReadResult> NoteAsync(ValueTask<ReadResult> read) => Note(await read);
}

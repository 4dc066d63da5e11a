using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Mime.TransferEncodings;

/// <summary>
/// The decoded bytes of a part. Each read of the encoded body is decoded whole into a pipe, which then serves the consumer; nothing
/// is read ahead, so at most one read's worth lies in the pipe beside what the consumer leaves unconsumed.
/// </summary>
sealed class DecodedBody(PartBody encoded, ITransferDecoder decoder, MultipartInput input) : PipeReader
{
    // Without a threshold a flush never waits: the one who would have to read is the one who writes.
    readonly Pipe _decoded = new(new PipeOptions(
        pauseWriterThreshold: 0, minimumSegmentSize: input.Options.BufferBytes, useSynchronizationContext: false));

    bool _ended;
    MimeFormatException? _failure;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_decoded.Reader.TryRead(out var result))
                return result;
            ThrowIfFailed();
            Decode(await encoded.ReadAsync(cancellationToken));
        }
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        while (!_decoded.Reader.TryRead(out result))
        {
            ThrowIfFailed();
            if (_ended || !encoded.TryRead(out var read))
                return false;
            Decode(read);
        }
        return true;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => _decoded.Reader.AdvanceTo(consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => _decoded.Reader.AdvanceTo(consumed, examined);

    /// <inheritdoc/>
    public override void CancelPendingRead() => encoded.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        _decoded.Reader.Complete();
        encoded.Complete();
    }

    void Decode(in ReadResult read)
    {
        var valid = true;
        foreach (var run in read.Buffer)
            valid = valid && decoder.TryDecode(run.Span, _decoded.Writer);
        if (read.IsCompleted)
            valid = valid && decoder.TryFinish(_decoded.Writer);
        _failure = !valid ? decoder.Failure(input)
            : decoder.EndedUnpadded ? input.Judge(Deviation.Base64Unpadded, input.Position)
            : null;
        encoded.AdvanceTo(read.Buffer.End);

        // What was decoded before a failure is delivered before it: how much that is must not depend on how the message is cut into reads.
        _ended = read.IsCompleted && _failure is null;
        if (_ended)
            _decoded.Writer.Complete();
        else
            Flush();
        if (read.IsCanceled)
            _decoded.Reader.CancelPendingRead();
    }

    void ThrowIfFailed()
    {
        if (_failure is not null)
            throw _failure;
    }

    void Flush()
    {
        var flush = _decoded.Writer.FlushAsync();
        Debug.Assert(flush.IsCompletedSuccessfully, "A pipe without a threshold flushes at once.");
        flush.GetAwaiter().GetResult();
    }
}

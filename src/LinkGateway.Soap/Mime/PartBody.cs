using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace LinkGateway.Soap.Mime;

/// <summary>
/// The bytes of one part as they stand in the source's own buffers: nothing is copied, and no byte that was found to be content is
/// searched again. Held back is only what may become the boundary. Positions are the source's, so advancing passes straight on.
/// </summary>
sealed class PartBody(MultipartInput input) : PipeReader
{
    ReadOnlySequence<byte> _buffer;
    SequencePosition _contentEnd;
    bool _reading;
    bool _completed;
    bool _detached;

    // Counted from the start of what the source holds: content for certain, and how much of it the consumer has examined.
    long _content;
    long _examined;
    bool _atLineStart = true;
    BoundaryMatch _boundary;

    /// <summary>Makes the body unreadable for its consumer and reads it to its end.</summary>
    /// <returns>The boundary after it, which stays unconsumed in the source.</returns>
    public async ValueTask<BoundaryMatch> FinishAsync(CancellationToken cancellationToken)
    {
        _detached = true;
        Release();
        while (true)
        {
            var result = await ReadCoreAsync(cancellationToken);
            AdvanceCore(result.Buffer.End, result.Buffer.End);
            if (result.IsCanceled)
                throw new OperationCanceledException("The pending read of the multipart body was cancelled.");
            if (result.IsCompleted)
                return _boundary;
        }
    }

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        RequireReadable();
        return ReadCoreAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        RequireReadable();
        if (!input.Source.TryRead(out var read))
        {
            result = default;
            return false;
        }
        if (TryFrame(read, out result))
            return true;
        input.Source.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        return false;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        RequireReadable();
        if (!_reading)
            throw new InvalidOperationException("There is no read to advance from.");
        AdvanceCore(consumed, examined);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => input.Source.CancelPendingRead();

    /// <summary>Ends the consumer's interest in the body. The rest is read and dropped when the next part is asked for.</summary>
    /// <param name="exception">Why the consumer stops; of no consequence here.</param>
    public override void Complete(Exception? exception = null)
    {
        _completed = true;
        if (!_detached)
            Release();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<ReadResult> ReadCoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.Source.ReadAsync(cancellationToken);
            if (TryFrame(read, out var framed))
                return framed;
            // All is examined, what is held back included: the source has to bring more.
            input.Source.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Cuts a read of the source down to this part; false if it brought nothing that the consumer has not examined.</summary>
    bool TryFrame(in ReadResult read, out ReadResult framed)
    {
        if (_boundary.Kind == BoundaryKind.None)
            Search(read);

        var ended = _boundary.IsBoundary;
        if (_content > _examined || ended || read.IsCanceled)
        {
            _buffer = read.Buffer;
            var content = read.Buffer.Slice(0, _content);
            _contentEnd = content.End;
            _reading = true;
            framed = new ReadResult(content, read.IsCanceled, ended);
            return true;
        }
        // The content before it came first: what the consumer finds wrong there must not depend on how the message is cut into reads.
        if (_boundary.Kind == BoundaryKind.PaddingTooLong)
        {
            input.Source.AdvanceTo(read.Buffer.Start);
            throw input.PaddingTooLong(input.Position + _content);
        }
        if (read.IsCompleted)
        {
            input.Source.AdvanceTo(read.Buffer.Start);
            throw input.ClosingBoundaryMissing(input.Position + read.Buffer.Length);
        }
        framed = default;
        return false;
    }

    void Search(in ReadResult read)
    {
        var search = input.Scanner.Find(read.Buffer, _content, _atLineStart, read.IsCompleted);
        _content = search.ContentEnd;
        if (search.Match.Kind != BoundaryKind.Partial)
            _boundary = search.Match;
        if (_content > 0)
            _atLineStart = false;
    }

    void AdvanceCore(SequencePosition consumed, SequencePosition examined)
    {
        var consumedBytes = Offset(consumed);
        var examinedBytes = Math.Max(consumedBytes, Offset(examined));
        Debug.Assert(consumedBytes <= _content, "A consumer cannot advance past the content it was given.");

        var needsMore = examinedBytes == _content && _boundary.Kind == BoundaryKind.None;
        input.Source.AdvanceTo(consumed, needsMore ? _buffer.End : examined);
        input.Position += consumedBytes;
        _content -= consumedBytes;
        _examined = examinedBytes - consumedBytes;
        _buffer = default;
        _reading = false;
    }

    long Offset(SequencePosition position) =>
        position.Equals(_contentEnd) ? _content : _buffer.GetOffset(position) - _buffer.GetOffset(_buffer.Start);

    void Release()
    {
        if (_reading)
            AdvanceCore(_buffer.Start, _buffer.Start);
    }

    void RequireReadable()
    {
        if (_detached)
            throw new InvalidOperationException("The reader has gone on to the next part: read a body before asking for the next part.");
        if (_completed)
            throw new InvalidOperationException("The body has been completed.");
    }
}

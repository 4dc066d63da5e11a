using System.Buffers;
using System.IO.Pipelines;

namespace LinkGateway.Soap.Tests.Mime;

/// <summary>
/// A source that hands out bytes in given pieces, each a segment of its own, one more with every read that examined all. It insists on
/// the rules of <see cref="PipeReader"/>, never waits, and so turns a reader that would deadlock into one that fails.
/// </summary>
public sealed class SegmentFeed : PipeReader
{
    readonly IEnumerator<int> _sizes;
    readonly bool _endsWithLastPiece;
    ReadOnlyMemory<byte> _rest;
    Segment? _first;
    Segment? _last;
    int _start;
    SequencePosition _end;
    bool _examinedAll = true;
    bool _ended;
    bool _reading;
    bool _cancelled;

    /// <param name="bytes">What is to be read; never copied.</param>
    /// <param name="sizes">The sizes of the pieces; the last one is repeated.</param>
    /// <param name="endsWithLastPiece">Whether the end is reported with the last piece, or by an empty read after it.</param>
    public SegmentFeed(ReadOnlyMemory<byte> bytes, IEnumerable<int> sizes, bool endsWithLastPiece = true)
    {
        _rest = bytes;
        _sizes = sizes.GetEnumerator();
        _endsWithLastPiece = endsWithLastPiece;
    }

    /// <summary>How often bytes were asked for.</summary>
    public int Reads { get; private set; }

    public bool Exhausted => _ended && _first is null;

    public override bool TryRead(out ReadResult result)
    {
        if (_reading)
            throw new InvalidOperationException("The read before was not advanced from.");
        Reads++;
        if (_examinedAll && !_cancelled)
            Reveal();
        _reading = true;
        var buffer = _first is null
            ? ReadOnlySequence<byte>.Empty
            : new ReadOnlySequence<byte>(_first, _start, _last!, _last!.Memory.Length);
        _end = buffer.End;
        result = new ReadResult(buffer, _cancelled, _ended);
        _cancelled = false;
        return true;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TryRead(out var result);
        return new(result);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_reading)
            throw new InvalidOperationException("There is no read to advance from.");
        _reading = false;
        _examinedAll = _first is null || Offset(examined) == Offset(_end);
        if (Offset(examined) < Offset(consumed))
            throw new InvalidOperationException("Less examined than consumed.");
        if (_first is null)
            return;

        var segment = (Segment)consumed.GetObject()!;
        _start = consumed.GetInteger();
        while (segment is not null && _start == segment.Memory.Length)
            (segment, _start) = ((Segment?)segment.Next, 0);
        _first = segment;
        if (_first is null)
            _last = null;
    }

    public override void CancelPendingRead() => _cancelled = true;

    public override void Complete(Exception? exception = null) => _sizes.Dispose();

    void Reveal()
    {
        if (_rest.IsEmpty)
        {
            _ended = true;
            return;
        }
        _sizes.MoveNext();
        var size = Math.Min(Math.Max(1, _sizes.Current), _rest.Length);
        var segment = new Segment(_rest[..size], _last);
        _rest = _rest[size..];
        _last = segment;
        if (_first is null)
            (_first, _start) = (segment, 0);
        _ended = _rest.IsEmpty && _endsWithLastPiece;
    }

    static long Offset(SequencePosition position) =>
        position.GetObject() is Segment segment ? segment.RunningIndex + position.GetInteger() : 0;

    sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is null)
                return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}

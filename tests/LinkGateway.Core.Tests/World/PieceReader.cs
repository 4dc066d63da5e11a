using System.Buffers;
using System.IO.Pipelines;

namespace LinkGateway.Core.Tests.World;

/// <summary>Gives bytes in pieces of two segments; what shall happen at an offset happens after all bytes before it.</summary>
sealed class PieceReader(ReadOnlyMemory<byte> bytes, Func<int> nextPiece, long? eventAt, Func<CancellationToken, ValueTask> happen)
    : PipeReader
{
    int _taken;
    int _given;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var end = (int)Math.Min(bytes.Length, (long)_given + Math.Max(1, nextPiece()));
        if (_given == eventAt) await happen(cancellationToken);
        else if (end > eventAt && _given < eventAt) end = (int)eventAt;
        _given = end;
        return Result();
    }

    public override bool TryRead(out ReadResult result)
    {
        result = Result();
        return _given > _taken;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (consumed.GetObject() is Segment segment) _taken = (int)segment.RunningIndex + consumed.GetInteger();
    }

    public override void CancelPendingRead()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }

    ReadResult Result() => new(Sequence(), isCanceled: false, isCompleted: _given == bytes.Length);

    // Two segments: whoever looks at the first one only is found out.
    ReadOnlySequence<byte> Sequence()
    {
        if (_given == _taken) return ReadOnlySequence<byte>.Empty;
        var middle = (_taken + _given) / 2;
        var last = new Segment(bytes[middle.._given], middle, null);
        var first = new Segment(bytes[_taken..middle], _taken, last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long offset, Segment? next) => (Memory, RunningIndex, Next) = (memory, offset, next);
    }
}

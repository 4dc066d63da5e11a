using System.Buffers;
using System.IO.Pipelines;

namespace LinkGateway.Benchmarks.Mime;

/// <summary>
/// A pipe reader over bytes in memory in segments of one size, one more with every read, as a server's transport fills its pool's
/// blocks. It allocates nothing after it is made and can be rewound.
/// </summary>
sealed class SegmentSource : PipeReader
{
    readonly Segment[] _segments;
    SequencePosition _start;
    int _revealed;
    bool _examinedAll;

    public SegmentSource(byte[] bytes, int segmentSize)
    {
        _segments = new Segment[(bytes.Length + segmentSize - 1) / segmentSize];
        for (var i = 0; i < _segments.Length; i++)
        {
            var size = Math.Min(segmentSize, bytes.Length - i * segmentSize);
            _segments[i] = new Segment(bytes.AsMemory(i * segmentSize, size), i == 0 ? null : _segments[i - 1]);
        }
        Rewind();
    }

    public IEnumerable<ReadOnlyMemory<byte>> Segments => _segments.Select(segment => segment.Memory);

    public void Rewind() => (_start, _revealed, _examinedAll) = (new(_segments[0], 0), 0, true);

    public override bool TryRead(out ReadResult result)
    {
        if (_examinedAll && _revealed < _segments.Length)
            _revealed++;
        var last = _segments[_revealed - 1];
        var buffer = new ReadOnlySequence<byte>((Segment)_start.GetObject()!, _start.GetInteger(), last, last.Memory.Length);
        result = new ReadResult(buffer, isCanceled: false, isCompleted: _revealed == _segments.Length);
        return true;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        TryRead(out var result);
        return new(result);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var last = _segments[_revealed - 1];
        _start = consumed;
        _examinedAll = examined.GetObject() == last && examined.GetInteger() == last.Memory.Length;
        if (_start.GetObject() is Segment segment && _start.GetInteger() == segment.Memory.Length && _revealed < _segments.Length)
            _start = new(segment.Next, 0);
    }

    public override void CancelPendingRead()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }

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

using System.IO.Pipelines;
using LinkGateway.Soap.Tests.Mime;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>
/// A message that arrives in pieces and may be asked for a bounded number of times: a reader that turns in a circle fails at a number of
/// reads, the same on every machine, and not at a time.
/// </summary>
sealed class WatchedSource : PipeReader
{
    readonly SegmentFeed _feed;
    readonly long _reads;

    public WatchedSource(byte[] message, IEnumerable<int> cuts, bool endsWithLastPiece)
    {
        _feed = new SegmentFeed(message, cuts, endsWithLastPiece);
        // Each byte may arrive alone, be a line that is looked at and then taken, and be consumed alone.
        _reads = 64 + 4L * message.Length;
    }

    public bool Exhausted => _feed.Exhausted;

    public override bool TryRead(out ReadResult result)
    {
        Require.That(_feed.Reads < _reads, $"More than {_reads} reads were not enough: the reader turns in a circle.");
        return _feed.TryRead(out result);
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        TryRead(out var result);
        return new(result);
    }

    public override void AdvanceTo(SequencePosition consumed) => _feed.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => _feed.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => _feed.CancelPendingRead();

    public override void Complete(Exception? exception = null) => throw new OracleException("A reader completed a source that is not its own.");
}

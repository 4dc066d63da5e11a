using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Sequences;

namespace LinkGateway.Simulation.Hosts;

/// <summary>
/// Nothing begins before its turn: when a delivery begins, or a set is published or offered, everything with an earlier place that was here
/// when that was decided is done, or an operator has said otherwise.
/// </summary>
sealed class SequenceWatch(Host host)
{
    readonly Dictionary<string, long> _placed = [];
    readonly Dictionary<string, long> _changed = [];
    long _commits;

    /// <summary>Checks a batch that was applied, against the rows as they were before it.</summary>
    public void Check(JournalBatch batch, IReadOnlyDictionary<string, DeliveryRecord> before)
    {
        _commits++;
        foreach (var after in batch.Deliveries)
        {
            if (before.GetValueOrDefault(after.DeliveryId) is { } row && Begins(row, after)) CheckTurn(after, batch, before);
        }

        foreach (var after in batch.Deliveries)
        {
            if (after.SequenceKey is not null) _placed.TryAdd(after.DeliveryId, _commits);
            _changed[after.DeliveryId] = _commits;
        }
    }

    // A set is judged when it is published or offered; what was offered once had its turn.
    static bool Begins(DeliveryRecord before, DeliveryRecord after)
    {
        if (after is not { SequenceKey: not null, SequencePass: SequencePass.None, Intention: DeliveryIntention.None }) return false;
        if (before.OfferedAt is not null || before.Doubts.Count > 0) return false;
        return after.SetKey is null
            ? before.State == DeliveryState.Waiting && after.State == DeliveryState.Sending
            : before.State == DeliveryState.Held && (after.State == DeliveryState.Publishing || after.OfferedAt is not null);
    }

    void CheckTurn(DeliveryRecord after, JournalBatch batch, IReadOnlyDictionary<string, DeliveryRecord> before)
    {
        // The set goes with its first file; one that was let pass takes the others along.
        List<DeliveryRecord> together =
        [
            .. batch.Deliveries.Where(row => row.DeliveryId == after.DeliveryId
                || (after.SetKey is not null && row.SetKey == after.SetKey && row.SequenceKey == after.SequenceKey)),
        ];
        if (together.Any(row => row.SequencePass != SequencePass.None)) return;
        var place = together.Select(row => row.SequencePlace).Min(StringComparer.Ordinal)!;
        var byNumber = SequenceKeys.OrderOf(after.SequenceKey!) == RouteOrder.Group;
        var decided = together.Max(row => _changed.GetValueOrDefault(row.DeliveryId));
        var others = before.Values
            .Where(row => row.SequenceKey == after.SequenceKey && !together.Exists(member => member.DeliveryId == row.DeliveryId)).ToList();
        var earlier = others.FirstOrDefault(row => string.CompareOrdinal(row.SequencePlace, place) < 0
            && (byNumber ? IsUnderWay(row) : !IsOver(row)) && _placed[row.DeliveryId] < decided);
        if (earlier is not null) Fail(after, $"{earlier.Transfer.TransferId} before it is {earlier.State}");
        if (!byNumber || SequenceKeys.NumberOf(place) == 1) return;
        var previous = SequenceKeys.PlaceOf(SequenceKeys.NumberOf(place) - 1);
        if (!others.Exists(row => row.SequencePlace == previous && IsOver(row))) Fail(after, "the number before it is not done");
    }

    // What an operator has let a later number pass may lie behind for good; nothing overtakes what has begun.
    static bool IsUnderWay(DeliveryRecord row) => row.SequencePass == SequencePass.None && !IsOver(row)
        && (row.State is DeliveryState.Sending or DeliveryState.InDoubt or DeliveryState.Publishing || row.OfferedAt is not null);

    static bool IsOver(DeliveryRecord row) => row.SequencePass == SequencePass.Skipped
        || row.State is DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.ReceiverRejected;

    void Fail(DeliveryRecord row, string why) =>
        host.Night.Fail($"{host.Id}: delivery {row.DeliveryId} of {row.Transfer} begins out of its turn: {why}");
}

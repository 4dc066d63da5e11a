using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Simulation.Hosts;

/// <summary>
/// Looks at every batch before it is applied: no state moves outside the tables, each move is one event, leases hold, and what a receipt
/// states is so.
/// </summary>
sealed class JournalWatch(Host host)
{
    readonly Dictionary<TransferIdentity, TransferRecord> _transfers = [];
    readonly Dictionary<string, DeliveryRecord> _deliveries = [];
    readonly Dictionary<string, string> _told = [];
    readonly HashSet<(string DeliveryId, long Version)> _beginning = [];
    readonly Dictionary<string, int> _active = [];

    public IEnumerable<TransferRecord> Transfers => _transfers.Values;

    public IEnumerable<DeliveryRecord> Deliveries => _deliveries.Values;

    public TransferRecord? Find(TransferIdentity identity) => _transfers.GetValueOrDefault(identity);

    /// <summary>Whether the journal says that the payload is in the store, or on its way there.</summary>
    public static bool Claims(TransferRecord transfer) => !transfer.Inline
        && (transfer.State is TransferState.Open or TransferState.Verifying || transfer.PayloadDueAt is not null);

    /// <summary>The transfer whose payload lies in a file of the store; null when none claims it.</summary>
    public TransferRecord? ClaimantOf(string path) => path.StartsWith(Nights.Places.Spool, StringComparison.Ordinal)
        ? _transfers.Values.FirstOrDefault(
            transfer => Claims(transfer) && path.EndsWith($"{transfer.PayloadId}.bin", StringComparison.Ordinal))
        : null;

    /// <summary>A new life: whatever ran has ended with the old one.</summary>
    public void NewLife()
    {
        _active.Clear();
        _beginning.Clear();
    }

    /// <summary>All leases were released.</summary>
    public void ReleaseLeases()
    {
        foreach (var (id, row) in _deliveries.ToList())
            if (row.LeaseOwner is not null) _deliveries[id] = row with { LeaseOwner = null, LeaseUntil = null };
    }

    /// <summary>Whoever committed knows that it was applied: an attempt that this begins runs now.</summary>
    public void Confirm(JournalBatch batch)
    {
        foreach (var delivery in batch.Deliveries)
            if (_beginning.Remove((delivery.DeliveryId, delivery.Version))) _active[delivery.DeliveryId] = delivery.Attempts;
    }

    /// <summary>An attempt says that it has ended.</summary>
    public void AttemptEnds(DeliveryRecord delivery) => _active.Remove(delivery.DeliveryId);

    /// <summary>Checks and enters a batch that was applied.</summary>
    public void Enter(JournalBatch batch)
    {
        // A row that moves twice in one batch has two events: only where it ends is looked at.
        foreach (var transfer in batch.Transfers.GroupBy(row => row.Identity)) Enter(transfer.Last(), batch);
        foreach (var delivery in batch.Deliveries.GroupBy(row => row.DeliveryId)) Enter(delivery.Last(), batch);
        foreach (var receipt in batch.Receipts) Check(receipt);
    }

    void Enter(TransferRecord after, JournalBatch batch)
    {
        var before = _transfers.GetValueOrDefault(after.Identity);
        _transfers[after.Identity] = after;
        host.Night.Loop.Note((ulong)after.State + ((ulong)after.Version << 8));
        host.Night.Trace.Write(host.Id, $"transfer {after.Identity.TransferId}/{after.Identity.Receiver} {before?.State} > {after.State} "
            + $"attempt {after.Attempt} v{after.Version}");
        var state = before?.State.ToString() ?? "";
        foreach (var move in batch.Events)
        {
            if (move.DeliveryId is not null || move.Transfer != after.Identity || move.From == move.To) continue;
            var begins = move.From.Length == 0 && move.To == nameof(TransferState.Open);
            if (move.From != state
                || !(begins || TransferStates.CanMove(Enum.Parse<TransferState>(move.From), Enum.Parse<TransferState>(move.To))))
                Fail($"transfer {after.Identity} moves from {state} by an event from {move.From} to {move.To}");
            state = move.To;
        }

        if (state != after.State.ToString()) Fail($"transfer {after.Identity} moves from {state} to {after.State} without an event");
    }

    void Enter(DeliveryRecord after, JournalBatch batch)
    {
        var before = _deliveries.GetValueOrDefault(after.DeliveryId);
        _deliveries[after.DeliveryId] = after;
        host.Night.Loop.Note((ulong)after.State + ((ulong)after.Version << 8));
        host.Night.Trace.Write(host.Id, $"delivery {after.DeliveryId[..6]} of {after.Transfer.TransferId} {before?.State} > {after.State} "
            + $"attempts {after.Attempts} v{after.Version} {after.LastErrorCode}");
        var state = before?.State.ToString() ?? "";
        var told = _told.GetValueOrDefault(after.DeliveryId, state);
        foreach (var move in batch.Events)
        {
            if (move.DeliveryId != after.DeliveryId || move.From == move.To) continue;
            var begins = move.From.Length == 0 && before is null;

            // What begins without an event is told with the news, or never when the gateway stops meanwhile.
            if (move.From == told) state = told;
            if (move.From != state
                || !(begins || DeliveryStates.CanMove(Enum.Parse<DeliveryState>(move.From), Enum.Parse<DeliveryState>(move.To))))
                Fail($"delivery {after.DeliveryId} of {after.Transfer} moves from {state} by an event from {move.From} to {move.To}");
            state = told = move.To;
        }

        _told[after.DeliveryId] = told;
        if (state != after.State.ToString() && !MayBeNoNews(before, after))
            Fail($"delivery {after.DeliveryId} of {after.Transfer} moves from {state} to {after.State} without an event");
        if (after.LeaseOwner is null) _active.Remove(after.DeliveryId);
        if (after.Attempts <= (before?.Attempts ?? 0)) return;
        CheckBegin(before, after);

        // In an inbox it is the receiver that works under the lease.
        if (after.LeaseToken is null) _beginning.Add((after.DeliveryId, after.Version));
    }

    /// <summary>Whether it is one of many attempts that may begin and end alike, of which no event tells.</summary>
    static bool MayBeNoNews(DeliveryRecord? before, DeliveryRecord after) =>
        after.Attempts > DeliveryAttempt.QuietAfter && before is not null && IsBetweenAttempts(before) && IsBetweenAttempts(after);

    static bool IsBetweenAttempts(DeliveryRecord row) =>
        row.State is DeliveryState.Waiting or DeliveryState.InDoubt or DeliveryState.Sending;

    void CheckBegin(DeliveryRecord? before, DeliveryRecord after)
    {
        if (before is { LeaseOwner: not null } && before.LeaseUntil > host.Clock.GetUtcNow())
            Fail($"delivery {after.DeliveryId} of {after.Transfer}: attempt {after.Attempts} begins "
                + $"under the lease of another until {before.LeaseUntil:O}");
        if (after.LeaseToken is null && _active.TryGetValue(after.DeliveryId, out var running))
            Fail($"delivery {after.DeliveryId} of {after.Transfer}: attempt {after.Attempts} begins while attempt {running} runs");
    }

    void Check(ReceiptRecord receipt)
    {
        var content = receipt.Content;
        if (host.Night.Receipts.Verify(receipt.Document, out var reason) != content) Fail($"receipt {content.ReceiptId}: {reason}");
        if (!host.Night.Consignments.TryGetValue(content.TransferId, out var consignment))
        {
            Fail($"receipt {content.ReceiptId} is of {content.TransferId}, which nobody sent");
            return;
        }

        if (content.Sha256 != consignment.Sha256 || content.Size != consignment.Bytes.Length)
            Fail($"receipt {content.ReceiptId} of {content.TransferId} states other bytes");
        if (content.Issuer != host.Id) return;
        if (content.Kind == ReceiptKind.Accepted && Find(receipt.Transfer)?.State != TransferState.Accepted)
            Fail($"receipt {content.ReceiptId} says that {receipt.Transfer} is accepted, and it is {Find(receipt.Transfer)?.State}");
        if (content.Kind == ReceiptKind.Delivered && !IsDelivered(receipt, consignment))
            Fail($"receipt {content.ReceiptId} says that {receipt.Transfer} is delivered to {content.Receiver}, and it is not there");
    }

    bool IsDelivered(ReceiptRecord receipt, Nights.Consignment consignment)
    {
        if (consignment.TakenBy(receipt.Content.Receiver) > 0) return true;
        return host.Receivers.Any(receiver =>
            receiver.Id == receipt.Content.Receiver && receiver.Holds(_deliveries[receipt.DeliveryId!].PublishedName!, consignment.Bytes));
    }

    void Fail(string text) => host.Night.Fail($"{host.Id}: {text}");
}

using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Receipts;
using LinkGateway.Core.Retention;
using LinkGateway.Core.Sequences;

namespace LinkGateway.Core.Transfers;

/// <summary>
/// The moment of promise: state, receipt and due deliveries in one journal transaction (DESIGN section 4, item 6). All bytes are durable
/// before it; the answer goes out after it.
/// </summary>
sealed class Acceptance(CoreServices services, ReceiptIssuer receipts)
{
    /// <summary>Accepts an open transfer. The caller holds the decision.</summary>
    public async ValueTask<AcceptResult> AcceptAsync(
        LiveTransfer live, PayloadFacts facts, long? recordCount, byte[]? entryReceipt, CancellationToken cancellationToken)
    {
        var open = live.Record!;
        var (accepted, receipt) = Word(open with { Version = open.Version + 1 }, live, facts, recordCount, entryReceipt);
        while (true)
        {
            var batch = new JournalBatch();
            batch.Move(open.State, accepted, accepted.AcceptedAt!.Value);
            batch.Receipts.Add(receipt);
            foreach (var delivery in await services.Journal.DeliveriesAsync(open.Identity, cancellationToken))
            {
                if (delivery.State != DeliveryState.Waiting || delivery.PayloadId != open.PayloadId) continue;
                var row = InSequence(delivery, accepted);

                // What was fetched waits until it is confirmed where it comes from (PullConfirmation). What waits for chunks is woken; what
                // rests after a failure keeps the time that its back-off or its peer has named.
                if (!open.AwaitsConfirmation && delivery.LastErrorCode is null) row = row with { NextAttemptAt = accepted.AcceptedAt };
                if (row != delivery) batch.Deliveries.Add(row with { Version = delivery.Version + 1 });
            }

            try
            {
                await live.CommitAsync(services.Journal, batch, accepted, cancellationToken);
                return Announce(live, receipt);
            }
            catch (JournalConflictException)
            {
                // A delivery that had begun to flow on was changed meanwhile: read the deliveries again.
                if (!await IsUnchangedAsync(open, cancellationToken)) throw;
            }
        }
    }

    /// <summary>Accepts a small file in the one commit that also opens it. The caller holds the decision.</summary>
    public async ValueTask<AcceptResult> AcceptSmallAsync(
        LiveTransfer live, TransferState? ended, TransferRecord draft, Admission admission, PayloadFacts facts, ReadOnlyMemory<byte> bytes,
        byte[]? entryReceipt, CancellationToken cancellationToken)
    {
        var (accepted, receipt) = Word(draft with { Inline = true }, live, facts, draft.RecordCount, entryReceipt);
        var at = accepted.AcceptedAt!.Value;
        var batch = new JournalBatch();
        batch.Events.Add(new JournalEvent(
            at, draft.Identity, null, ended?.ToString() ?? "", nameof(TransferState.Open), $"attempt {draft.Attempt}"));
        batch.Move(TransferState.Open, accepted, at);
        if (facts.Size > 0) batch.Chunks.Add((draft.PayloadId, new ChunkRecord(0, facts.Size, facts.Sha256)));
        batch.InlinePayloads.Add((draft.PayloadId, bytes));
        batch.Receipts.Add(receipt);
        foreach (var delivery in DeliveryPlan.For(accepted, admission.Routes, services.Random, at, dueAt: at))
            batch.Begin(InSequence(delivery, accepted));
        await live.CommitAsync(services.Journal, batch, accepted, cancellationToken);
        return Announce(live, receipt);
    }

    /// <summary>The answer for a transfer that was accepted before: the earlier receipt again.</summary>
    public async ValueTask<AcceptResult> RepeatAsync(TransferRecord accepted, CancellationToken cancellationToken)
    {
        // The last: what was fetched, given up and taken in again has more than one.
        foreach (var receipt in (await services.Journal.ReceiptsAsync(accepted.Identity, cancellationToken)).Reverse())
        {
            if (receipt is { DeliveryId: null, Content.Kind: ReceiptKind.Accepted }) return Answer(receipt);
        }

        throw new InvalidOperationException("An accepted transfer has its receipt in the same transaction.");
    }

    /// <summary>
    /// Ends a transfer for good under this attempt; its bytes go, its reason stays queryable. The caller holds the decision.
    /// </summary>
    public async ValueTask EndAsync(
        LiveTransfer live, TransferState state, string reasonCode, string reasonText, CancellationToken cancellationToken)
    {
        await live.Attempt.FenceAsync();
        var open = live.Record!;
        var now = services.Now;
        var ended = open with { State = state, ReasonCode = reasonCode, ReasonText = reasonText, Version = open.Version + 1 };
        while (true)
        {
            var batch = new JournalBatch();
            batch.Move(open.State, ended, now, $"{reasonCode} {reasonText}".Trim());
            batch.DroppedPayloads.Add(open.PayloadId);
            foreach (var delivery in await services.Journal.DeliveriesAsync(open.Identity, cancellationToken))
            {
                if (delivery.PayloadId != open.PayloadId || !DeliveryStates.CanMove(delivery.State, DeliveryState.Cancelled)) continue;
                if (Withdrawal.MayBeElsewhere(delivery, services.Configuration.Current.Configuration))
                    batch.Intend(Withdrawal.Begin(delivery, now, $"{reasonCode} {reasonText}".Trim()), reasonCode);
                else
                    batch.Move(delivery.State, Withdrawn(delivery, now, reasonCode, reasonText), reasonCode);
            }

            try
            {
                await live.CommitAsync(services.Journal, batch, ended, cancellationToken);
                break;
            }
            catch (JournalConflictException)
            {
                // A delivery that had begun to flow on was changed meanwhile: read the deliveries again.
                if (!await IsUnchangedAsync(open, cancellationToken)) throw;
            }
        }

        live.Changed.Pulse();
        services.DeliveriesChanged.Pulse();
        if (!open.Inline) await services.Payloads.DeleteAsync(open.PayloadId, cancellationToken);
    }

    /// <summary>The row of an accepted transfer whose last delivery is cancelled; its payload may go.</summary>
    public static TransferRecord Cancelled(TransferRecord accepted, DateTimeOffset now, string? reason) => accepted with
    {
        State = TransferState.Cancelled,
        ReasonText = reason,
        PayloadDueAt = accepted.PayloadDueAt is null ? null : now,
        Version = accepted.Version + 1,
    };

    /// <summary>The row of a delivery that is withdrawn.</summary>
    public static DeliveryRecord Withdrawn(
        DeliveryRecord delivery, DateTimeOffset now, string reasonCode, string reasonText) => delivery with
        {
            State = DeliveryState.Cancelled,
            NextAttemptAt = null,
            LeaseOwner = null,
            LeaseUntil = null,
            LastErrorCode = reasonCode,
            LastErrorText = reasonText,
            UpdatedAt = now,
            Version = delivery.Version + 1,
        };

    (TransferRecord Accepted, ReceiptRecord Receipt) Word(
        TransferRecord draft, LiveTransfer live, PayloadFacts facts, long? recordCount, byte[]? entryReceipt)
    {
        var accepted = draft with
        {
            State = TransferState.Accepted,
            Size = facts.Size,
            Sha256 = facts.Sha256,
            Root = facts.Root,
            RecordCount = draft.RecordCount ?? recordCount,
            EntryReceipt = entryReceipt,
            FirstByteAt = live.FirstByteAt ?? draft.FirstByteAt,
            LastByteAt = live.FirstByteAt is null ? draft.LastByteAt : live.LastByteAt,
            AcceptedAt = services.Now,
            PayloadDueAt = services.Now + RetentionRules.Shortest(draft, services.Configuration.Current),
        };
        var receipt = receipts.Accepted(accepted);
        return (draft.Identity.IsEntry ? accepted with { EntryReceipt = receipt.Document } : accepted, receipt);
    }

    // Its place is known from now on: whatever is accepted here later finds it in the journal.
    DeliveryRecord InSequence(DeliveryRecord delivery, TransferRecord accepted)
    {
        var manifest = accepted.Manifest;
        var route = services.Configuration.Current.Routes.Resolve(manifest.Origin, manifest.InterfaceId, delivery.Receiver);
        var (key, place) = SequenceKeys.Of(accepted, route, services.Verifier);
        return key is null ? delivery : delivery with { SequenceKey = key, SequencePlace = place };
    }

    AcceptResult Announce(LiveTransfer live, ReceiptRecord receipt)
    {
        services.Intake.Accept(live.Record!);
        live.Changed.Pulse();
        services.DeliveriesChanged.Pulse();
        services.ReceiptsChanged.Pulse();
        return Answer(receipt);
    }

    async ValueTask<bool> IsUnchangedAsync(TransferRecord open, CancellationToken cancellationToken) =>
        await services.Journal.FindTransferAsync(open.Identity, cancellationToken) is { } row && row.Version == open.Version;

    static AcceptResult Answer(ReceiptRecord receipt) =>
        new() { State = nameof(TransferState.Accepted), Receipt = receipt.ToEntry() };
}

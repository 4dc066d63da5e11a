using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Receipts;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Inbox;

/// <summary>
/// ConfirmReceipt: the delivery's state and the receipt that proves it in one commit; repeatable. The results of a receiving system
/// (applied, rejected) are taken for every delivery that this gateway made itself, from a folder too.
/// </summary>
sealed class InboxConfirm(CoreServices services, ReceiptIssuer receipts, InboxAccess inboxes)
{
    const int MaxReference = 255;
    const int MaxErrors = 100;
    const int MaxDocuments = 16;

    readonly ForwardedConfirmation _forwarded = new(services);

    public async ValueTask<Outcome<ConfirmReceiptResult>> RunAsync(
        string caller, ConfirmReceiptRequest request, CancellationToken cancellationToken)
    {
        if (Check(request) is { } wrong) return wrong;
        while (true)
        {
            var found = await inboxes.FindAsync(caller, request.DeliveryId, cancellationToken);
            if (!found.Succeeded) return found.Refusal;
            if (CheckFacts(request, found.Value) is { } mismatch) return mismatch;
            var held = await services.Journal.ReceiptsAsync(found.Value.Transfer.Identity, cancellationToken);
            var confirmed = request.ReceiptDocuments.Count > 0
                ? _forwarded.Decide(caller, request, found.Value, OfDelivery(held, request))
                : Decide(request, found.Value, OfDelivery(held, request));
            if (!confirmed.Succeeded) return confirmed.Refusal;
            if (confirmed.Value.IsRepeated) return confirmed.Value.Result;
            if (!await TryCommitAsync(confirmed.Value.Batch, cancellationToken)) continue;
            services.TurnOver(confirmed.Value.Row);
            return confirmed.Value.Result;
        }
    }

    async ValueTask<bool> TryCommitAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await services.Journal.CommitAsync(batch, cancellationToken);
            services.ReceiptsChanged.Pulse();
            return true;
        }
        catch (JournalConflictException)
        {
            return false;
        }
    }

    static Refusal? Check(ConfirmReceiptRequest request)
    {
        if (request.Stage is not (ConfirmStages.Stored or ConfirmStages.Applied or ConfirmStages.Rejected))
        {
            return new Refusal(
                ErrorCatalogue.FieldInvalid, "stage", $"use {ConfirmStages.Stored}, {ConfirmStages.Applied} or {ConfirmStages.Rejected}");
        }

        if (request.CountAccepted < 0) return new Refusal(ErrorCatalogue.FieldInvalid, "countAccepted", "it is negative");
        if (request.CountRejected < 0) return new Refusal(ErrorCatalogue.FieldInvalid, "countRejected", "it is negative");
        if (request.FirstErrors.Count > MaxErrors) return new Refusal(ErrorCatalogue.FieldInvalid, "firstError", $"at most {MaxErrors}");
        if (request.ReceiptDocuments.Count > MaxDocuments)
            return new Refusal(ErrorCatalogue.FieldInvalid, "receiptDocument", $"at most {MaxDocuments}");
        return request.ReceiverReference is { Length: > MaxReference }
            ? new Refusal(ErrorCatalogue.FieldInvalid, "receiverReference", $"at most {MaxReference} characters are allowed")
            : null;
    }

    static Refusal? CheckFacts(ConfirmReceiptRequest request, InboxEntry entry)
    {
        if (request.Size is { } size && size != entry.Transfer.Size)
            return Mismatch(request, $"the file has {entry.Transfer.Size} bytes, stored were {size}");
        return request.Sha256 is { } digest && digest != entry.Transfer.Sha256
            ? Mismatch(request, $"the file has SHA-256 {entry.Transfer.Sha256}, stored was {digest}")
            : null;
    }

    Outcome<Confirmation> Decide(ConfirmReceiptRequest request, InboxEntry entry, IReadOnlyList<ReceiptRecord> held)
    {
        var (row, transfer) = entry;
        var batch = new JournalBatch();
        if (row.State is not (DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.ReceiverRejected))
        {
            if (CheckFirst(request, row) is { } refusal) return refusal;
            row = row with { ReceiverReference = request.ReceiverReference };

            // What is rejected at once was never stored there.
            if (request.Stage != ConfirmStages.Rejected)
            {
                batch.Receipts.Add(receipts.Delivered(transfer, row, LastOf(held, transfer), services.Now));
                row = Move(batch, row, DeliveryState.Delivered, "stored by the receiver");
            }
        }
        else if (request.Lease is not null && CheckLease(request, row) is { } fenced)
        {
            return fenced;
        }

        IReadOnlyList<ReceiptRecord> all = [.. held, .. batch.Receipts];
        var decided = request.Stage == ConfirmStages.Stored
            ? Stored(batch, row, all)
            : Applied(request, batch, row, transfer, all);

        // Without its lease nothing new is said of a fetched file; an answer that was given is given again.
        return decided.Succeeded && !decided.Value.IsRepeated && CheckLease(request, entry.Delivery) is { } unproven ? unproven : decided;
    }

    static Outcome<Confirmation> Stored(JournalBatch batch, DeliveryRecord row, IReadOnlyList<ReceiptRecord> all) =>
        all.LastOrDefault(receipt => receipt.Content.Kind == ReceiptKind.Delivered) is { } delivered
            ? new Confirmation(batch, row, delivered.Document)
            : new Refusal(ErrorCatalogue.WrongDeliveryState, row.DeliveryId, $"{row.State}", ConfirmStages.Stored);

    Outcome<Confirmation> Applied(
        ConfirmReceiptRequest request, JournalBatch batch, DeliveryRecord row, TransferRecord transfer, IReadOnlyList<ReceiptRecord> all)
    {
        var result = request.Stage == ConfirmStages.Applied ? AppliedResult.Applied : AppliedResult.Rejected;
        if (all.LastOrDefault(receipt => receipt.Content.Kind == ReceiptKind.Applied) is { } earlier)
        {
            var same = earlier.Content.Result == result && earlier.Content.RecordsApplied == request.CountAccepted
                && earlier.Content.RecordsRejected == request.CountRejected;
            return same
                ? new Confirmation(batch, row, earlier.Document)
                : Mismatch(request, $"receipt {earlier.Content.ReceiptId} states another result");
        }

        // Where the file was handed on, the gateway that made the delivery takes the result.
        var self = services.Configuration.Current.Configuration.Gateway.Id;
        if (all.LastOrDefault(receipt => receipt.Content.Kind == ReceiptKind.Delivered) is { } delivered
            && delivered.Content.Issuer != self)
            return Mismatch(request, $"it was delivered by {delivered.Content.Issuer}; confirm there");

        row = row with { ReceiverReference = request.ReceiverReference ?? row.ReceiverReference };
        var applied = receipts.Applied(transfer, row, LastOf(all, transfer), result, request, services.Now);
        batch.Receipts.Add(applied);
        row = Move(batch, row, result == AppliedResult.Applied ? DeliveryState.Applied : DeliveryState.ReceiverRejected, Detail(request));
        return new Confirmation(batch, row, applied.Document);
    }

    /// <summary>Why the file cannot be confirmed for the first time; null when it can.</summary>
    public static Refusal? CheckFirst(ConfirmReceiptRequest request, DeliveryRecord row)
    {
        // Given up meanwhile: whoever holds the last lease may have the file all the same, and its word is proof.
        if (row is not { OfferedAt: not null, State: DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.Failed })
            return new Refusal(ErrorCatalogue.WrongDeliveryState, row.DeliveryId, $"{row.State}", request.Stage);
        if (request.Lease is null) return new Refusal(ErrorCatalogue.FieldMissing, "lease");
        return CheckLease(request, row);
    }

    /// <summary>
    /// Why the request does not come from whoever holds the file; null when it does. What was never fetched, as a file in a folder, has no
    /// lease, and none can be stated for it.
    /// </summary>
    public static Refusal? CheckLease(ConfirmReceiptRequest request, DeliveryRecord row) =>
        request.Lease == row.LeaseToken || LostItsLease(row) ? null
        : request.Lease is null ? new Refusal(ErrorCatalogue.FieldMissing, "lease")
        : new Refusal(ErrorCatalogue.LeaseLost, row.DeliveryId);

    // Former programs forgot the lease when an operator settled the delivery: nobody can be told from the last holder any more, and whoever
    // is refused may throw the only copy away.
    static bool LostItsLease(DeliveryRecord row) => row is
    {
        OfferedAt: not null,
        LeaseToken: null,
        State: DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.ReceiverRejected,
    };

    static IReadOnlyList<ReceiptRecord> OfDelivery(IReadOnlyList<ReceiptRecord> held, ConfirmReceiptRequest request) =>
        [.. held.Where(receipt => receipt.DeliveryId == request.DeliveryId)];

    DeliveryRecord Move(JournalBatch batch, DeliveryRecord row, DeliveryState state, string detail)
    {
        var after = DeliveryAttempt.Release(row, state, null, null, null) with
        {
            // A former holder of the lease stays fenced off.
            LeaseToken = row.LeaseToken,
            UpdatedAt = services.Now,
            Version = row.Version + 1,
        };
        batch.Move(row.State, after, detail);
        return after;
    }

    static ReadOnlyMemory<byte>? LastOf(IReadOnlyList<ReceiptRecord> held, TransferRecord transfer) =>
        held.Count > 0 ? held[^1].Document : transfer.EntryReceipt;

    static string Detail(ConfirmReceiptRequest request) =>
        FormattableString.Invariant(
            $"{request.Stage} by the receiver, records accepted {request.CountAccepted}, rejected {request.CountRejected}");

    static Refusal Mismatch(ConfirmReceiptRequest request, string why) =>
        new(ErrorCatalogue.ConfirmationMismatch, request.DeliveryId, why);
}

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Directory;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Receipts;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Inbox;

/// <summary>
/// The confirmation of a gateway that fetches for receivers behind it: what became of the file is proven by its receipts, the accepted one
/// at first, so that nothing is signed here that was done elsewhere.
/// </summary>
sealed class ForwardedConfirmation(CoreServices services)
{
    public Outcome<Confirmation> Decide(
        string caller, ConfirmReceiptRequest request, InboxEntry entry, IReadOnlyList<ReceiptRecord> held)
    {
        var (row, transfer) = entry;
        if (services.Configuration.Current.Directory.Find(caller) is not { Kind: ParticipantKind.Gateway })
            return new Refusal(ErrorCatalogue.FieldInvalid, "receiptDocument", "it is for gateways only");
        if (IsInInbox(row.State) && InboxConfirm.CheckFirst(request, row) is { } refusal) return refusal;
        if (request.Lease is null && !IsInInbox(row.State) && request.ReceiptDocuments.All(document => IsHeld(held, document)))
            return new Confirmation(new JournalBatch(), row, null);

        // What a gateway was not given to fetch is nothing that it can have receipts of.
        if (request.Lease is null) return new Refusal(ErrorCatalogue.FieldMissing, "lease");
        if (InboxConfirm.CheckLease(request, row) is { } fenced) return fenced;
        var batch = new JournalBatch();
        foreach (var document in request.ReceiptDocuments)
        {
            if (services.Verifier.Verify(document, out var reason) is not { } content)
                return new Refusal(ErrorCatalogue.ConfirmationMismatch, row.DeliveryId, $"a receipt is not accepted: {reason}");
            if (FirstMismatch(caller, content, row, transfer) is { } field)
            {
                return new Refusal(
                    ErrorCatalogue.ConfirmationMismatch, row.DeliveryId, $"receipt {content.ReceiptId} does not fit in {field}");
            }

            row = Enter(batch, row, transfer, content, document);
        }

        // Given up here meanwhile: "accepted" alone does not bring it back, and who fetched it must not deliver what may be cancelled here.
        if (IsInInbox(row.State))
            return new Refusal(ErrorCatalogue.WrongDeliveryState, row.DeliveryId, $"{row.State}", request.Stage);
        return new Confirmation(batch, row, null);
    }

    DeliveryRecord Enter(JournalBatch batch, DeliveryRecord row, TransferRecord transfer, ReceiptContent content, byte[] document)
    {
        batch.Receipts.Add(new ReceiptRecord
        {
            Transfer = transfer.Identity,
            DeliveryId = row.DeliveryId,
            SubmittedBy = transfer.SubmittedBy,
            Content = content,
            Document = document,
        });

        // Its lease ran out and nobody else took it: it was being fetched all the same.
        if (row.State == DeliveryState.Waiting)
        {
            var fetched = row with { State = DeliveryState.Sending, UpdatedAt = services.Now, Version = row.Version + 1 };
            batch.Move(row.State, fetched, "fetched");
            row = fetched;
        }

        return ReceiptProof.Enter(batch, row, content, services.Now);
    }

    static bool IsHeld(IReadOnlyList<ReceiptRecord> held, byte[] document) =>
        held.Any(receipt => receipt.Document.Span.SequenceEqual(document));

    // Everything that has not left the inbox for good, by which way soever.
    static bool IsInInbox(DeliveryState state) =>
        state is not (DeliveryState.HandedOver or DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.ReceiverRejected);

    // What takes the file out of the inbox is the word of the gateway that fetched it; others may lie behind that.
    string? FirstMismatch(string caller, ReceiptContent content, DeliveryRecord row, TransferRecord transfer)
    {
        if (content.Issuer == services.Configuration.Current.Configuration.Gateway.Id) return "issuer";
        if (IsInInbox(row.State) && content.Issuer != caller) return "issuer";
        if (content.Origin != transfer.Identity.Origin) return "origin";
        if (content.TransferId != transfer.Identity.TransferId) return "transferId";
        if (content.Receiver != row.Receiver) return "receiver";
        if (content.Replay != row.Replay) return "replay";
        if (!content.HasManifestOf(transfer)) return "manifestDigest";
        if (content.Root != transfer.Root) return "root";
        return content.Sha256 != transfer.Sha256 ? "sha256" : null;
    }
}

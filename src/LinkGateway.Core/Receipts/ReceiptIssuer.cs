using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Receipts;

/// <summary>
/// Words and signs our receipts. Signing comes before the journal's commit, so that a receipt and what it states become durable together.
/// </summary>
sealed class ReceiptIssuer(CoreServices services)
{
    /// <summary>The accepted receipt of a transfer whose row already says so.</summary>
    public ReceiptRecord Accepted(TransferRecord transfer)
    {
        var content = Content(transfer, ReceiptKind.Accepted, transfer.Identity.Receiver, transfer.Identity.Replay, transfer.Attempt);
        return Sign(transfer, deliveryId: null, content with
        {
            // The entry gateway begins the chain; later hops follow on from its receipt.
            Predecessor = transfer.Identity.IsEntry ? null : DigestOf(transfer.EntryReceipt),
        });
    }

    /// <summary>The delivered receipt of a delivery that this gateway made itself.</summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="predecessor">The last receipt of the delivery that is held here.</param>
    /// <param name="deliveredAt">When it was published.</param>
    public ReceiptRecord Delivered(
        TransferRecord transfer, DeliveryRecord delivery, ReadOnlyMemory<byte>? predecessor, DateTimeOffset deliveredAt)
    {
        var content = Content(transfer, ReceiptKind.Delivered, delivery.Receiver, delivery.Replay, delivery.Attempts);
        return Sign(transfer, delivery.DeliveryId, content with
        {
            ReceiverReference = delivery.ReceiverReference,
            DeliveredAt = deliveredAt,
            Predecessor = DigestOf(predecessor),
        });
    }

    /// <summary>The applied receipt of a delivery that this gateway made itself.</summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="predecessor">The last receipt of the delivery that is held here.</param>
    /// <param name="result">What the receiving system made of it.</param>
    /// <param name="confirmed">What it says besides.</param>
    /// <param name="at">When it said so.</param>
    public ReceiptRecord Applied(
        TransferRecord transfer, DeliveryRecord delivery, ReadOnlyMemory<byte>? predecessor, AppliedResult result,
        ConfirmReceiptRequest confirmed, DateTimeOffset at)
    {
        var content = Content(transfer, ReceiptKind.Applied, delivery.Receiver, delivery.Replay, delivery.Attempts);
        return Sign(transfer, delivery.DeliveryId, content with
        {
            Result = result,
            RecordsApplied = confirmed.CountAccepted,
            RecordsRejected = confirmed.CountRejected,
            ReceiverReference = delivery.ReceiverReference,
            FirstErrors = FirstErrors.Cut(confirmed.FirstErrors),
            AppliedAt = at,
            Predecessor = DigestOf(predecessor),
        });
    }

    ReceiptContent Content(TransferRecord transfer, ReceiptKind kind, string receiver, int replay, int attempt) => new()
    {
        ReceiptId = services.Random.NextId(),
        Kind = kind,
        Issuer = services.Configuration.Current.Configuration.Gateway.Id,
        Origin = transfer.Identity.Origin,
        TransferId = transfer.Identity.TransferId,
        Receiver = receiver,
        Replay = replay,
        ManifestDigest = transfer.ManifestDigest,
        Size = transfer.Size!.Value,
        Sha256 = transfer.Sha256!.Value,
        ChunkSize = transfer.ChunkSize,
        Root = transfer.Root!.Value,
        RecordCount = transfer.RecordCount,
        Environment = transfer.Manifest.Environment,
        Attempt = attempt,
        FirstByteAt = transfer.FirstByteAt,
        LastByteAt = transfer.LastByteAt,
        AcceptedAt = transfer.AcceptedAt,
    };

    ReceiptRecord Sign(TransferRecord transfer, string? deliveryId, ReceiptContent content) => new()
    {
        Transfer = transfer.Identity,
        DeliveryId = deliveryId,
        SubmittedBy = transfer.SubmittedBy,
        Content = content,
        Document = services.Signer.Sign(content),
    };

    static Sha256Digest? DigestOf(ReadOnlyMemory<byte>? document) => document is { } bytes ? Sha256Digest.Of(bytes.Span) : null;
}

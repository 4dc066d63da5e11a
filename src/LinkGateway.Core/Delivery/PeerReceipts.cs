using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Receipts;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Reads the accepted receipt with which the next gateway answers.</summary>
static class PeerReceipts
{
    /// <summary>The receipt that the destination itself has issued.</summary>
    public static ReceiptRecord? Read(
        CoreServices services, IDeliveryEvents events, DeliveryAttempt attempt, GatewayDestination destination, byte[] document) =>
        Read(services, events, attempt, destination, document, destination.Gateway);

    /// <summary>The receipt for the journal; null, and told to <paramref name="events"/>, when it proves nothing.</summary>
    /// <param name="services">The ports.</param>
    /// <param name="events">Told of what is refused.</param>
    /// <param name="attempt">The delivery that it should be of.</param>
    /// <param name="destination">Who handed it over.</param>
    /// <param name="document">The receipt.</param>
    /// <param name="issuer">Who must have issued it; null for any gateway that is trusted.</param>
    public static ReceiptRecord? Read(
        CoreServices services, IDeliveryEvents events, DeliveryAttempt attempt, GatewayDestination destination, byte[] document,
        string? issuer)
    {
        var content = services.Verifier.Verify(document, out var reason);
        var isOfIssuer = issuer is null || content?.Issuer == issuer;
        if (content is null || !isOfIssuer || !IsOf(attempt, content))
        {
            if (content is not null) reason = isOfIssuer ? "it is of another transfer" : $"it is not issued by {issuer}";
            events.ReceiptRefused(destination.Id, content?.ReceiptId ?? "", reason);
            return null;
        }

        return new ReceiptRecord
        {
            Transfer = attempt.Transfer.Identity,
            DeliveryId = attempt.Record.DeliveryId,
            SubmittedBy = attempt.Transfer.SubmittedBy,
            Content = content,
            Document = document,
        };
    }

    // The entry's accepted receipt names no receiver. Size and digests are known here once the transfer is accepted.
    static bool IsOf(DeliveryAttempt attempt, ReceiptContent content)
    {
        var transfer = attempt.Transfer;
        return content.HasManifestOf(transfer)
            && (content.Receiver.Length == 0 || (content.Receiver == attempt.Record.Receiver && content.Replay == attempt.Record.Replay))
            && (transfer.Sha256 is null || content.Sha256 == transfer.Sha256)
            && (transfer.Root is null || content.Root == transfer.Root);
    }
}

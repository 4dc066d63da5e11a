using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Reads the accepted receipt with which the next gateway answers.</summary>
static class PeerReceipts
{
    /// <summary>The receipt for the journal; null, and told to <paramref name="events"/>, when it proves nothing.</summary>
    public static ReceiptRecord? Read(
        CoreServices services, IDeliveryEvents events, DeliveryAttempt attempt, GatewayDestination destination, byte[] document)
    {
        var content = services.Verifier.Verify(document, out var reason);
        if (content is null || content.Issuer != destination.Gateway || content.ManifestDigest != attempt.Transfer.ManifestDigest)
        {
            if (content is not null)
                reason = content.Issuer == destination.Gateway ? "it is of another transfer" : $"it is not issued by {destination.Gateway}";
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
}

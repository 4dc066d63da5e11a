using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Delivery;

/// <summary>What the delivery side tells the outside, for logs and metrics. Calls must return at once and not throw.</summary>
public interface IDeliveryEvents
{
    /// <summary>An attempt has ended; the row says how.</summary>
    void AttemptEnded(DeliveryRecord delivery);

    /// <summary>Somebody else has decided about the delivery while the attempt ran.</summary>
    void Overtaken(DeliveryRecord delivery);

    /// <summary>An attempt, or what is cleared away after the last, ended with an exception; it is tried again.</summary>
    void AttemptCrashed(DeliveryRecord delivery, Exception exception);

    /// <summary>The engine cannot read what is due.</summary>
    void EngineTroubled(Exception exception);

    /// <summary>The receipts of a peer cannot be fetched at present.</summary>
    void ReceiptsTroubled(string destinationId, string text);

    /// <summary>A receipt of a peer was refused: not signed by a trusted key, or of no transfer known here.</summary>
    void ReceiptRefused(string destinationId, string receiptId, string reason);
}

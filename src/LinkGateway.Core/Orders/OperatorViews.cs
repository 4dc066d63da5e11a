using LinkGateway.Contract.Operator;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Retention;

namespace LinkGateway.Core.Orders;

/// <summary>Journal records as operators see them.</summary>
static class OperatorViews
{
    public static DeliverySummary Of(DeliveryRecord delivery, TransferRecord? transfer, ConfigurationSnapshot snapshot) => new()
    {
        DeliveryId = delivery.DeliveryId,
        State = $"{delivery.State}",
        Origin = delivery.Transfer.Origin,
        TransferId = delivery.Transfer.TransferId,
        Receiver = delivery.Receiver,
        Class = Ways.Of(delivery.Lane, snapshot).Route?.Class ?? ClassSettings.Ordinary,
        Replay = delivery.Replay,
        Destination = delivery.DestinationId,
        Doubts = delivery.Doubts,
        Withdrawing = delivery.Intention == DeliveryIntention.Withdraw,
        FileName = transfer?.Manifest.FileName,
        Size = transfer?.Size,
        Attempts = delivery.Attempts,
        NextAttemptAt = delivery.NextAttemptAt,
        ReasonCode = delivery.LastErrorCode,
        ReasonText = delivery.LastErrorText,
        PublishedName = delivery.PublishedName,
        CreatedAt = delivery.CreatedAt,
        UpdatedAt = delivery.UpdatedAt,
    };

    public static TransferSummary Of(TransferRecord transfer, Keeping? keeping) => new()
    {
        Origin = transfer.Identity.Origin,
        TransferId = transfer.Identity.TransferId,
        Receiver = transfer.Identity.Receiver,
        Replay = transfer.Identity.Replay,
        State = $"{transfer.State}",
        SubmittedBy = transfer.SubmittedBy,
        InterfaceId = transfer.Manifest.InterfaceId,
        Environment = transfer.Manifest.Environment,
        FileName = transfer.Manifest.FileName,
        Size = transfer.Size,
        Sha256 = transfer.Sha256?.ToString(),
        Hops = transfer.Hops,
        CreatedAt = transfer.CreatedAt,
        AcceptedAt = transfer.AcceptedAt,
        NotAfter = transfer.Manifest.NotAfter,
        ReasonCode = transfer.ReasonCode,
        ReasonText = transfer.ReasonText,
        PayloadKeptUntil = keeping?.Until,
        PayloadRemovedAt = transfer.PayloadRemovedAt,
        PayloadRule = keeping?.Rule ?? transfer.PayloadRule,
    };

    public static ClassLoad Of(PriorityClass item, long waiting, int running) => new()
    {
        Name = item.Name,
        Weight = item.Weight,
        Urgent = item.Urgent,
        Concurrency = item.Concurrency,
        Waiting = waiting,
        Running = running,
    };

    public static DestinationStatus Of(DestinationOutage outage) => new()
    {
        Destination = outage.DestinationId,
        State = outage.Drains ? "draining" : "down",
        Since = outage.Since,
        NextProbe = outage.NextProbe,
        Reason = outage.Reason,
    };

    public static OrderEntry Of(OperatorOrderRecord order) => new()
    {
        Number = order.Number,
        At = order.At,
        Operator = order.Operator,
        Order = order.Order,
        Reason = order.Reason,
        DeliveryId = order.DeliveryId,
        Origin = order.Transfer.Origin,
        TransferId = order.Transfer.TransferId,
        From = $"{order.From}",
        To = $"{order.To}",
    };

    public static EventEntry Of(JournalEvent entry) => new()
    {
        At = entry.At,
        DeliveryId = entry.DeliveryId,
        From = entry.From,
        To = entry.To,
        Detail = entry.Detail,
    };

    public static ReceiptSummary Of(ReceiptRecord receipt) => new()
    {
        ReceiptId = receipt.Content.ReceiptId,
        Kind = $"{receipt.Content.Kind}".ToLowerInvariant(),
        Issuer = receipt.Content.Issuer,
        DeliveryId = receipt.DeliveryId,
    };
}

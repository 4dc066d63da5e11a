using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Server.Logging;
using LinkGateway.Server.Metrics;

namespace LinkGateway.Server.Destinations;

/// <summary>Puts what happens to deliveries into log and counters. Thread-safe.</summary>
/// <param name="metrics">The counters.</param>
/// <param name="logger">The log.</param>
sealed class DeliveryReporter(GatewayMetrics metrics, ILogger<DeliveryReporter> logger) : IDeliveryEvents
{
    public void AttemptEnded(DeliveryRecord delivery)
    {
        metrics.Delivered(delivery.State);
        var transfer = delivery.Transfer;
        if (delivery.LastErrorCode is { } code)
        {
            logger.DeliveryTroubled(
                delivery.DeliveryId, transfer.Origin, transfer.TransferId, delivery.Receiver, delivery.State, delivery.Attempts, code, delivery.LastErrorText ?? "");
        }
        else if (delivery.State != DeliveryState.Waiting)
        {
            // One that waits without an error waits for chunks: nothing to tell.
            logger.DeliveryMoved(delivery.DeliveryId, transfer.Origin, transfer.TransferId, delivery.Receiver, delivery.State, delivery.Attempts);
        }
    }

    public void Overtaken(DeliveryRecord delivery) => logger.DeliveryOvertaken(delivery.DeliveryId);

    public void AttemptCrashed(DeliveryRecord delivery, Exception exception) => logger.DeliveryCrashed(exception, delivery.DeliveryId);

    public void EngineTroubled(Exception exception) => logger.DeliveriesUnknown(exception);

    public void ReceiptsTroubled(string destinationId, string text) => logger.ReceiptsUnreachable(destinationId, text);

    public void ReceiptRefused(string destinationId, string receiptId, string reason) => logger.ReceiptRefused(destinationId, receiptId, reason);
}

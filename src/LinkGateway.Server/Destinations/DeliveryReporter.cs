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
        var (origin, transferId, _, _) = delivery.Transfer;
        var (id, receiver, state, attempt) = (delivery.DeliveryId, delivery.Receiver, delivery.State, delivery.Attempts);
        // One that waits without an error waits for chunks: nothing to tell.
        if (delivery.LastErrorCode is { } code)
            logger.DeliveryTroubled(id, origin, transferId, receiver, state, attempt, code, delivery.LastErrorText ?? "");
        else if (state != DeliveryState.Waiting)
            logger.DeliveryMoved(id, origin, transferId, receiver, state, attempt);
    }

    public void Overtaken(DeliveryRecord delivery) => logger.DeliveryOvertaken(delivery.DeliveryId);

    public void AttemptCrashed(DeliveryRecord delivery, Exception exception) => logger.DeliveryCrashed(exception, delivery.DeliveryId);

    public void EngineTroubled(Exception exception) => logger.DeliveriesUnknown(exception);

    public void ReceiptsTroubled(string destinationId, string text) => logger.ReceiptsUnreachable(destinationId, text);

    public void ReceiptRefused(string destinationId, string receiptId, string reason) =>
        logger.ReceiptRefused(destinationId, receiptId, reason);
}

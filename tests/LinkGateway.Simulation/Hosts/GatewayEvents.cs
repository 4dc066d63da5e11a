using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;

namespace LinkGateway.Simulation.Hosts;

/// <summary>What the delivery side tells: for the trace, and for what must not be.</summary>
sealed class GatewayEvents(Host host) : IDeliveryEvents
{
    public void AttemptEnded(DeliveryRecord delivery)
    {
        host.Rows.AttemptEnds(delivery);
        host.Night.Trace.Write(
            host.Id, $"delivery {delivery.DeliveryId[..6]} attempt {delivery.Attempts}: {delivery.State} "
                + $"{delivery.LastErrorCode} {delivery.LastErrorText}");
    }

    public void Overtaken(DeliveryRecord delivery)
    {
        host.Rows.AttemptEnds(delivery);
        host.Night.Trace.Write(host.Id, $"delivery {delivery.DeliveryId[..6]} attempt {delivery.Attempts} was overtaken");
    }

    public void AttemptCrashed(DeliveryRecord delivery, Exception exception)
    {
        host.Rows.AttemptEnds(delivery);
        host.Night.Trace.Write(host.Id, $"delivery {delivery.DeliveryId[..6]} attempt {delivery.Attempts} crashed: {exception.Message}");
        if (exception is StorageException) return;
        host.Night.Fail($"{host.Id}: an attempt crashed: {exception}");
    }

    public void EngineTroubled(Exception exception) => host.Night.Trace.Write(host.Id, $"engine troubled: {exception.Message}");

    public void ReceiptsTroubled(string destinationId, string text) =>
        host.Night.Trace.Write(host.Id, $"receipts of {destinationId} troubled: {text}");

    public void ReceiptRefused(string destinationId, string receiptId, string reason)
    {
        host.Night.Trace.Write(host.Id, $"receipt {receiptId} of {destinationId} refused: {reason}");
        host.Night.Fail($"{host.Id}: a receipt of {destinationId} was refused: {reason}");
    }
}

using System.Collections.Concurrent;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Tests.World;

/// <summary>Remembers what the delivery side told.</summary>
sealed class RecordedEvents : IDeliveryEvents
{
    public ConcurrentQueue<DeliveryRecord> Ended { get; } = [];

    /// <summary>Deliveries about which somebody else decided while they ran.</summary>
    public ConcurrentQueue<DeliveryRecord> Lost { get; } = [];

    public ConcurrentQueue<Exception> Crashes { get; } = [];

    public ConcurrentQueue<string> RefusedReceipts { get; } = [];

    public ConcurrentQueue<string> Troubles { get; } = [];

    public void AttemptEnded(DeliveryRecord delivery) => Ended.Enqueue(delivery);

    public void Overtaken(DeliveryRecord delivery) => Lost.Enqueue(delivery);

    public void AttemptCrashed(DeliveryRecord delivery, Exception exception) => Crashes.Enqueue(exception);

    public void EngineTroubled(Exception exception) => Troubles.Enqueue(exception.Message);

    public void ReceiptsTroubled(string destinationId, string text) => Troubles.Enqueue(text);

    public void ReceiptRefused(string destinationId, string receiptId, string reason) => RefusedReceipts.Enqueue(reason);
}

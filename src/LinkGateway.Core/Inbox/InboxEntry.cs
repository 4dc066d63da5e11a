using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Inbox;

/// <summary>A delivery that the caller may fetch and confirm.</summary>
/// <param name="Delivery">Its row.</param>
/// <param name="Transfer">The transfer that it delivers.</param>
sealed record InboxEntry(DeliveryRecord Delivery, TransferRecord Transfer);

using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire.Shapes;

namespace LinkGateway.Contract.Wire;

/// <summary>The operations of the notification contract: what an origin implements to be told of its files (DESIGN section 6).</summary>
public static class NotificationOperations
{
    /// <summary>A receipt was issued.</summary>
    public static BatchOperation<ReceiptIssuedRequest, NotedResult> ReceiptIssued { get; } =
        new(nameof(ReceiptIssued), NotificationShapes.Receipt, NotificationShapes.Noted, NotificationNames.Namespace);

    /// <summary>A file does not arrive.</summary>
    public static BatchOperation<DeliveryFailedRequest, NotedResult> DeliveryFailed { get; } =
        new(nameof(DeliveryFailed), NotificationShapes.Failure, NotificationShapes.Noted, NotificationNames.Namespace);
}

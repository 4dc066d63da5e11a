using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>CancelTransfer.</summary>
static class CancelTransferShapes
{
    static readonly Shape<CancelledDelivery> Delivery = new(
        (f, delivery) =>
        {
            f.Text("deliveryId", delivery.DeliveryId);
            f.Text("receiver", delivery.Receiver);
            f.Text("outcome", delivery.Outcome);
        },
        f => new CancelledDelivery { DeliveryId = f.Text("deliveryId"), Receiver = f.Text("receiver"), Outcome = f.Text("outcome") });

    public static readonly Shape<CancelTransferRequest> Request = new(
        (f, request) =>
        {
            CommonShapes.WriteReference(f, request.Transfer);
            f.Prose("reason", request.Reason);
            f.Value("attempt", request.Attempt, FieldTypes.Int);
        },
        f => new CancelTransferRequest
        {
            Transfer = CommonShapes.ReadReference(f),
            Reason = f.TextOrNull("reason"),
            Attempt = f.ValueOrNull("attempt", FieldTypes.Int),
        });

    public static readonly Shape<CancelResult> Result = new(
        (f, result) =>
        {
            f.Text("state", result.State);
            f.Groups("delivery", result.Deliveries, Delivery);
            f.Groups("property", result.Properties, CommonShapes.Property);
        },
        f => new CancelResult
        {
            State = f.Text("state"),
            Deliveries = f.Groups("delivery", Delivery),
            Properties = f.Groups("property", CommonShapes.Property),
        });
}

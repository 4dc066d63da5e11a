using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>GetTransferStatus.</summary>
static class GetTransferStatusShapes
{
    static readonly Shape<DeliveryStatus> Delivery = new(
        (f, delivery) =>
        {
            f.Text("deliveryId", delivery.DeliveryId);
            f.Text("receiver", delivery.Receiver);
            f.Value<int>("replay", delivery.Replay, FieldTypes.Int);
            f.Text("destination", delivery.Destination);
            f.Text("state", delivery.State);
            f.Value<int>("attempts", delivery.Attempts, FieldTypes.Int);
            f.Text("lastErrorCode", delivery.LastErrorCode);
            f.Prose("lastErrorText", delivery.LastErrorText);
            f.Value("nextAttemptAt", delivery.NextAttemptAt, FieldTypes.Instant);
            f.Value<DateTimeOffset>("updatedAt", delivery.UpdatedAt, FieldTypes.Instant);
        },
        f => new DeliveryStatus
        {
            DeliveryId = f.Text("deliveryId"),
            Receiver = f.Text("receiver"),
            Replay = f.Value("replay", FieldTypes.Int),
            Destination = f.Text("destination"),
            State = f.Text("state"),
            Attempts = f.Value("attempts", FieldTypes.Int),
            LastErrorCode = f.TextOrNull("lastErrorCode"),
            LastErrorText = f.TextOrNull("lastErrorText"),
            NextAttemptAt = f.ValueOrNull("nextAttemptAt", FieldTypes.Instant),
            UpdatedAt = f.Value("updatedAt", FieldTypes.Instant),
        });

    public static readonly Shape<GetTransferStatusRequest> Request = new(
        (f, request) =>
        {
            CommonShapes.WriteReference(f, request.Transfer);
            f.Value("heldFrom", request.HeldFrom, FieldTypes.Long);
        },
        f => new GetTransferStatusRequest
        {
            Transfer = CommonShapes.ReadReference(f),
            HeldFrom = f.ValueOrNull("heldFrom", FieldTypes.Long),
        });

    public static readonly Shape<TransferStatusResult> Result = new(
        (f, result) =>
        {
            f.Text("state", result.State);
            f.Value<int>("attempt", result.Attempt, FieldTypes.Int);
            f.Value<long>("chunkSize", result.ChunkSize, FieldTypes.Long);
            f.Value("size", result.Size, FieldTypes.Long);
            f.Groups("held", result.Held, CommonShapes.Range);
            f.Value("heldFrom", result.HeldFrom, FieldTypes.Long);
            f.Value("expiresAt", result.ExpiresAt, FieldTypes.Instant);
            f.Text("reasonCode", result.ReasonCode);
            f.Prose("reasonText", result.ReasonText);
            f.Groups("delivery", result.Deliveries, Delivery);
            f.Groups("property", result.Properties, CommonShapes.Property);
        },
        f => new TransferStatusResult
        {
            State = f.Text("state"),
            Attempt = f.Value("attempt", FieldTypes.Int),
            ChunkSize = f.Value("chunkSize", FieldTypes.Long),
            Size = f.ValueOrNull("size", FieldTypes.Long),
            Held = f.Groups("held", CommonShapes.Range),
            HeldFrom = f.ValueOrNull("heldFrom", FieldTypes.Long),
            ExpiresAt = f.ValueOrNull("expiresAt", FieldTypes.Instant),
            ReasonCode = f.TextOrNull("reasonCode"),
            ReasonText = f.TextOrNull("reasonText"),
            Deliveries = f.Groups("delivery", Delivery),
            Properties = f.Groups("property", CommonShapes.Property),
        });
}

using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>OpenTransfer.</summary>
static class OpenTransferShapes
{
    public static readonly Shape<OpenTransferRequest> Request = new(
        (f, request) =>
        {
            CommonShapes.WriteReference(f, request.Transfer);
            f.Group(BatchNames.Manifest, request.Manifest, ManifestShape.Full);
            f.Texts("hop", request.Hops);
            f.Value("chunkSize", request.ChunkSize, FieldTypes.Long);
        },
        f => new OpenTransferRequest
        {
            Transfer = CommonShapes.ReadReference(f),
            Manifest = f.Group(BatchNames.Manifest, ManifestShape.Full),
            Hops = f.Texts("hop"),
            ChunkSize = f.ValueOrNull("chunkSize", FieldTypes.Long),
        });

    public static readonly Shape<OpenTransferResult> Result = new(
        (f, result) =>
        {
            f.Text("state", result.State);
            f.Value<long>("chunkSize", result.ChunkSize, FieldTypes.Long);
            f.Value<int>("attempt", result.Attempt, FieldTypes.Int);
            f.Groups("held", result.Held, CommonShapes.Range);
            f.Value("heldFrom", result.HeldFrom, FieldTypes.Long);
            f.Value<DateTimeOffset>("expiresAt", result.ExpiresAt, FieldTypes.Instant);
            f.Group("receipt", result.Receipt, CommonShapes.Receipt);
            f.Groups("property", result.Properties, CommonShapes.Property);
        },
        f => new OpenTransferResult
        {
            State = f.Text("state"),
            ChunkSize = f.Value("chunkSize", FieldTypes.Long),
            Attempt = f.Value("attempt", FieldTypes.Int),
            Held = f.Groups("held", CommonShapes.Range),
            HeldFrom = f.ValueOrNull("heldFrom", FieldTypes.Long),
            ExpiresAt = f.Value("expiresAt", FieldTypes.Instant),
            Receipt = f.GroupOrNull("receipt", CommonShapes.Receipt),
            Properties = f.Groups("property", CommonShapes.Property),
        });
}

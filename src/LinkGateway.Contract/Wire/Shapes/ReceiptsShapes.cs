using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>GetReceipts and GetReceiptsSince.</summary>
static class ReceiptsShapes
{
    public static readonly Shape<GetReceiptsRequest> Request = new(
        (f, request) => CommonShapes.WriteReference(f, request.Transfer),
        f => new GetReceiptsRequest { Transfer = CommonShapes.ReadReference(f) });

    public static readonly Shape<GetReceiptsSinceRequest> SinceRequest = new(
        (f, request) =>
        {
            f.Text("cursor", request.Cursor);
            f.Value("max", request.Max, FieldTypes.Int);
            f.Value("waitSeconds", request.WaitSeconds, FieldTypes.Int);
        },
        f => new GetReceiptsSinceRequest
        {
            Cursor = f.TextOrNull("cursor"),
            Max = f.ValueOrNull("max", FieldTypes.Int),
            WaitSeconds = f.ValueOrNull("waitSeconds", FieldTypes.Int),
        });

    public static readonly Shape<ReceiptsResult> Result = new(
        (f, result) =>
        {
            f.Groups("receipt", result.Receipts, CommonShapes.Receipt);
            f.Text("cursor", result.Cursor);
            f.Groups("property", result.Properties, CommonShapes.Property);
        },
        f => new ReceiptsResult
        {
            Receipts = f.Groups("receipt", CommonShapes.Receipt),
            Cursor = f.TextOrNull("cursor"),
            Properties = f.Groups("property", CommonShapes.Property),
        });
}

using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>ReceiptIssued and DeliveryFailed.</summary>
static class NotificationShapes
{
    public static readonly Shape<ReceiptIssuedRequest> Receipt = new(
        (f, request) => f.Binary("receiptDocument", request.ReceiptDocument),
        f => new ReceiptIssuedRequest { ReceiptDocument = f.Binary("receiptDocument") });

    public static readonly Shape<DeliveryFailedRequest> Failure = new(
        (f, request) =>
        {
            CommonShapes.WriteReference(f, request.Transfer);
            f.Prose("code", request.Code);
            f.Prose("text", request.Text);
            f.Text("state", request.State);
            f.Value("at", request.At, FieldTypes.Instant);
        },
        f => new DeliveryFailedRequest
        {
            Transfer = CommonShapes.ReadReference(f),
            Code = f.Text("code"),
            Text = f.Text("text"),
            State = f.TextOrNull("state"),
            At = f.ValueOrNull("at", FieldTypes.Instant),
        });

    public static readonly Shape<NotedResult> Noted = new(
        (f, result) => f.Groups("property", result.Properties, CommonShapes.Property),
        f => new NotedResult { Properties = f.Groups("property", CommonShapes.Property) });
}

using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>ConfirmReceipt.</summary>
static class ConfirmReceiptShapes
{
    public static readonly Shape<ConfirmReceiptRequest> Request = new(
        (f, request) =>
        {
            f.Text("deliveryId", request.DeliveryId);
            f.Text("lease", request.Lease);
            f.Text("stage", request.Stage);
            f.Value("size", request.Size, FieldTypes.Long);
            f.Value("sha256", request.Sha256, FieldTypes.Digest);
            f.Text("receiverReference", request.ReceiverReference);
            f.Value("countAccepted", request.CountAccepted, FieldTypes.Long);
            f.Value("countRejected", request.CountRejected, FieldTypes.Long);
            f.Groups("firstError", request.FirstErrors, CommonShapes.RowError);
            foreach (var document in request.ReceiptDocuments) f.Binary("receiptDocument", document);
        },
        f => new ConfirmReceiptRequest
        {
            DeliveryId = f.Text("deliveryId"),
            Lease = f.TokenOrNull("lease"),
            Stage = f.Text("stage"),
            Size = f.ValueOrNull("size", FieldTypes.Long),
            Sha256 = f.ValueOrNull("sha256", FieldTypes.Digest),
            ReceiverReference = f.TextOrNull("receiverReference"),
            CountAccepted = f.ValueOrNull("countAccepted", FieldTypes.Long),
            CountRejected = f.ValueOrNull("countRejected", FieldTypes.Long),
            FirstErrors = f.Groups("firstError", CommonShapes.RowError),
            ReceiptDocuments = f.Binaries("receiptDocument"),
        });

    public static readonly Shape<ConfirmReceiptResult> Result = new(
        (f, result) =>
        {
            f.Text("state", result.State);
            f.Binary("receiptDocument", result.ReceiptDocument);
            f.Groups("property", result.Properties, CommonShapes.Property);
        },
        f => new ConfirmReceiptResult
        {
            State = f.Text("state"),
            ReceiptDocument = f.BinaryOrNull("receiptDocument"),
            Properties = f.Groups("property", CommonShapes.Property),
        });
}

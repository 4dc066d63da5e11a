using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>CommitTransfer; its result is that of SubmitFile.</summary>
static class CommitTransferShapes
{
    public static readonly Shape<CommitTransferRequest> Request = new(
        (f, request) =>
        {
            CommonShapes.WriteReference(f, request.Transfer);
            f.Value<int>("attempt", request.Attempt, FieldTypes.Int);
            f.Value<long>("size", request.Size, FieldTypes.Long);
            f.Value<Sha256Digest>("sha256", request.Sha256, FieldTypes.Digest);
            f.Value("recordCount", request.RecordCount, FieldTypes.Long);
            f.Binary("entryReceiptDocument", request.EntryReceiptDocument);
        },
        f => new CommitTransferRequest
        {
            Transfer = CommonShapes.ReadReference(f),
            Attempt = f.Value("attempt", FieldTypes.Int),
            Size = f.Value("size", FieldTypes.Long),
            Sha256 = f.Value("sha256", FieldTypes.Digest),
            RecordCount = f.ValueOrNull("recordCount", FieldTypes.Long),
            EntryReceiptDocument = f.BinaryOrNull("entryReceiptDocument"),
        });
}

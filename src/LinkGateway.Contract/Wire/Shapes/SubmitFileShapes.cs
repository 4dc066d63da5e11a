using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>SubmitFile, and the result that it shares with CommitTransfer.</summary>
static class SubmitFileShapes
{
    public static readonly Shape<SubmitFileRequest> Request = new(
        (f, request) =>
        {
            CommonShapes.WriteReference(f, request.Transfer);
            f.Group(BatchNames.Manifest, request.Manifest, ManifestShape.Full);
            f.Texts("hop", request.Hops);
            f.Value("chunkSize", request.ChunkSize, FieldTypes.Long);
            f.Binary("entryReceiptDocument", request.EntryReceiptDocument);
            f.Text("file", request.File);
        },
        f => new SubmitFileRequest
        {
            Transfer = CommonShapes.ReadReference(f),
            Manifest = f.Group(BatchNames.Manifest, ManifestShape.Full),
            Hops = f.Texts("hop"),
            ChunkSize = f.ValueOrNull("chunkSize", FieldTypes.Long),
            EntryReceiptDocument = f.BinaryOrNull("entryReceiptDocument"),
            File = f.ReferenceOrNull("file"),
        });

    public static readonly Shape<AcceptResult> Result = new(
        (f, result) =>
        {
            f.Text("state", result.State);
            f.Value("retryAfterSeconds", result.RetryAfterSeconds, FieldTypes.Int);
            f.Groups("missing", result.Missing, CommonShapes.Range);
            f.Value("missingFrom", result.MissingFrom, FieldTypes.Long);
            f.Group("receipt", result.Receipt, CommonShapes.Receipt);
            f.Groups("property", result.Properties, CommonShapes.Property);
        },
        f => new AcceptResult
        {
            State = f.Text("state"),
            RetryAfterSeconds = f.ValueOrNull("retryAfterSeconds", FieldTypes.Int),
            Missing = f.Groups("missing", CommonShapes.Range),
            MissingFrom = f.ValueOrNull("missingFrom", FieldTypes.Long),
            Receipt = f.GroupOrNull("receipt", CommonShapes.Receipt),
            Properties = f.Groups("property", CommonShapes.Property),
        });
}

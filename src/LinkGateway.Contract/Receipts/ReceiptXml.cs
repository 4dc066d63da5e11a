using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Wire;
using LinkGateway.Contract.Wire.Shapes;

namespace LinkGateway.Contract.Receipts;

/// <summary>The receipt document, <c>wsdl/receipt.xsd</c>, without its signature.</summary>
/// <remarks>
/// Root element <c>receipt</c> in <see cref="BatchNames.ReceiptNamespace"/>; in it <c>schemaVersion</c> (1), the fields of
/// <see cref="ReceiptContent"/> in schema order, and <c>keyId</c>, the SHA-256 of the signing certificate (DER). What has no value is left
/// out, <c>receiver</c> too. Instants keep the offset at which they were recorded. The enveloped <c>Signature</c> stands last.
/// </remarks>
static class ReceiptXml
{
    public const string Root = "receipt";

    public const string SchemaVersion = "1";

    public static readonly Shape<KeyedReceipt> Shape = new(Write, Read);

    static readonly FieldType<ReceiptKind> Kind = new("accepted | validated | delivered | applied",
        (text, _) => ReceiptKinds.Parse(text),
        kind => kind.ToWire());

    static readonly FieldType<AppliedResult> Result = new("applied | rejected",
        (text, _) => text switch { "applied" => AppliedResult.Applied, "rejected" => AppliedResult.Rejected, _ => null },
        result => result == AppliedResult.Applied ? "applied" : "rejected");

    static readonly FieldType<int> Version = new(SchemaVersion, (text, _) => text == SchemaVersion ? 1 : null, _ => SchemaVersion);

    static void Write(FieldWriter f, KeyedReceipt receipt)
    {
        var content = receipt.Content;
        f.Value<int>("schemaVersion", 1, Version);
        f.Text("receiptId", content.ReceiptId);
        f.Value<ReceiptKind>("kind", content.Kind, Kind);
        f.Text("issuer", content.Issuer);
        f.Text("origin", content.Origin);
        f.Text("transferId", content.TransferId);
        f.Text("receiver", content.Receiver.Length == 0 ? null : content.Receiver);
        f.Value<int>("replay", content.Replay, FieldTypes.Int);
        f.Value<Sha256Digest>("manifestDigest", content.ManifestDigest, FieldTypes.Digest);
        f.Value<long>("size", content.Size, FieldTypes.Long);
        f.Value<Sha256Digest>("sha256", content.Sha256, FieldTypes.Digest);
        f.Value<long>("chunkSize", content.ChunkSize, FieldTypes.Long);
        f.Value<Sha256Digest>("root", content.Root, FieldTypes.Digest);
        f.Value("recordCount", content.RecordCount, FieldTypes.Long);
        f.Value("recordsCounted", content.RecordsCounted, FieldTypes.Long);
        f.Value("recordsRejected", content.RecordsRejected, FieldTypes.Long);
        f.Value("recordsApplied", content.RecordsApplied, FieldTypes.Long);
        f.Value("result", content.Result, Result);
        f.Text("receiverReference", content.ReceiverReference);
        f.Groups("firstError", content.FirstErrors ?? [], CommonShapes.RowError);
        f.Text("environment", content.Environment);
        f.Value<int>("attempt", content.Attempt, FieldTypes.Int);
        f.Value("firstByteAt", content.FirstByteAt, FieldTypes.OffsetInstant);
        f.Value("lastByteAt", content.LastByteAt, FieldTypes.OffsetInstant);
        f.Value("acceptedAt", content.AcceptedAt, FieldTypes.OffsetInstant);
        f.Value("deliveredAt", content.DeliveredAt, FieldTypes.OffsetInstant);
        f.Value("appliedAt", content.AppliedAt, FieldTypes.OffsetInstant);
        f.Value("predecessor", content.Predecessor, FieldTypes.Digest);
        f.Value<Sha256Digest>("keyId", receipt.KeyId, FieldTypes.Digest);
    }

    static KeyedReceipt Read(FieldReader f)
    {
        f.Value("schemaVersion", Version);
        return new KeyedReceipt(ReadContent(f), f.Value("keyId", FieldTypes.Digest));
    }

    static ReceiptContent ReadContent(FieldReader f) => new()
    {
        ReceiptId = f.Text("receiptId"),
        Kind = f.Value("kind", Kind),
        Issuer = f.Text("issuer"),
        Origin = f.Text("origin"),
        TransferId = f.Text("transferId"),
        Receiver = f.TextOrNull("receiver") ?? "",
        Replay = f.Value("replay", FieldTypes.Int),
        ManifestDigest = f.Value("manifestDigest", FieldTypes.Digest),
        Size = f.Value("size", FieldTypes.Long),
        Sha256 = f.Value("sha256", FieldTypes.Digest),
        ChunkSize = f.Value("chunkSize", FieldTypes.Long),
        Root = f.Value("root", FieldTypes.Digest),
        RecordCount = f.ValueOrNull("recordCount", FieldTypes.Long),
        RecordsCounted = f.ValueOrNull("recordsCounted", FieldTypes.Long),
        RecordsRejected = f.ValueOrNull("recordsRejected", FieldTypes.Long),
        RecordsApplied = f.ValueOrNull("recordsApplied", FieldTypes.Long),
        Result = f.ValueOrNull("result", Result),
        ReceiverReference = f.TextOrNull("receiverReference"),
        FirstErrors = f.Groups("firstError", CommonShapes.RowError) is { Count: > 0 } errors ? errors : null,
        Environment = f.Text("environment"),
        Attempt = f.Value("attempt", FieldTypes.Int),
        FirstByteAt = f.ValueOrNull("firstByteAt", FieldTypes.OffsetInstant),
        LastByteAt = f.ValueOrNull("lastByteAt", FieldTypes.OffsetInstant),
        AcceptedAt = f.ValueOrNull("acceptedAt", FieldTypes.OffsetInstant),
        DeliveredAt = f.ValueOrNull("deliveredAt", FieldTypes.OffsetInstant),
        AppliedAt = f.ValueOrNull("appliedAt", FieldTypes.OffsetInstant),
        Predecessor = f.ValueOrNull("predecessor", FieldTypes.Digest),
    };
}

using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>Types that several messages share.</summary>
static class CommonShapes
{
    /// <summary>Type <c>NameValue</c>.</summary>
    public static readonly Shape<NameValue> Property = new(
        (f, property) =>
        {
            f.Text("name", property.Name);
            f.Text("value", property.Value);
        },
        f => new NameValue(f.Text("name"), f.Text("value")));

    /// <summary>Type <c>ByteRange</c>.</summary>
    public static readonly Shape<ByteRange> Range = new(
        (f, range) =>
        {
            f.Value<long>("offset", range.Offset, FieldTypes.Long);
            f.Value<long>("length", range.Length, FieldTypes.Long);
        },
        f => new ByteRange(f.Value("offset", FieldTypes.Long), f.Value("length", FieldTypes.Long)));

    /// <summary>Type <c>RowError</c>.</summary>
    public static readonly Shape<RowError> RowError = new(
        (f, error) =>
        {
            f.Value("record", error.Record, FieldTypes.Long);
            f.Text("code", error.Code);
            f.Prose("text", error.Text);
        },
        f => new RowError(f.ValueOrNull("record", FieldTypes.Long), f.TextOrNull("code"), f.Text("text")));

    /// <summary>Type <c>Receipt</c>: the plain fields and the signed document.</summary>
    public static readonly Shape<ReceiptEntry> Receipt = new(
        (f, receipt) =>
        {
            f.Text("receiptId", receipt.ReceiptId);
            f.Text("kind", receipt.Kind);
            f.Text("issuer", receipt.Issuer);
            f.Text("origin", receipt.Origin);
            f.Text("transferId", receipt.TransferId);
            f.Text("receiver", receipt.Receiver);
            f.Value<int>("replay", receipt.Replay, FieldTypes.Int);
            f.Value<long>("size", receipt.Size, FieldTypes.Long);
            f.Value<Sha256Digest>("sha256", receipt.Sha256, FieldTypes.Digest);
            f.Value<DateTimeOffset>("at", receipt.At, FieldTypes.Instant);
            f.Binary("receiptDocument", receipt.ReceiptDocument);
        },
        f => new ReceiptEntry
        {
            ReceiptId = f.Text("receiptId"),
            Kind = f.Text("kind"),
            Issuer = f.Text("issuer"),
            Origin = f.Text("origin"),
            TransferId = f.Text("transferId"),
            Receiver = f.TextOrNull("receiver"),
            Replay = f.Value("replay", FieldTypes.Int),
            Size = f.Value("size", FieldTypes.Long),
            Sha256 = f.Value("sha256", FieldTypes.Digest),
            At = f.Value("at", FieldTypes.Instant),
            ReceiptDocument = f.Binary("receiptDocument"),
        });

    /// <summary>The identity fields that stand first in a request; they have no element of their own.</summary>
    public static void WriteReference(FieldWriter f, TransferReference reference)
    {
        f.Text("origin", reference.Origin);
        f.Text("transferId", reference.TransferId);
        f.Text("receiver", reference.Receiver);
        f.Value<int>("replay", reference.Replay == 0 ? null : reference.Replay, FieldTypes.Int);
    }

    public static TransferReference ReadReference(FieldReader f) => new()
    {
        Origin = f.TextOrNull("origin"),
        TransferId = f.TextOrNull("transferId"),
        Receiver = f.TextOrNull("receiver"),
        Replay = f.ValueOrNull("replay", FieldTypes.Int) ?? 0,
    };
}

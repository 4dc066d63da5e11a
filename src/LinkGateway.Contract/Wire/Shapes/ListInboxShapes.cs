using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Contract.Wire.Shapes;

/// <summary>ListInbox.</summary>
static class ListInboxShapes
{
    static readonly Shape<InboxItem> Item = new(WriteItem, ReadItem);

    public static readonly Shape<ListInboxRequest> Request = new(
        (f, request) =>
        {
            f.Text("receiver", request.Receiver);
            f.Text("cursor", request.Cursor);
            f.Value("max", request.Max, FieldTypes.Int);
            f.Value("waitSeconds", request.WaitSeconds, FieldTypes.Int);
        },
        f => new ListInboxRequest
        {
            Receiver = f.TextOrNull("receiver"),
            Cursor = f.TextOrNull("cursor"),
            Max = f.ValueOrNull("max", FieldTypes.Int),
            WaitSeconds = f.ValueOrNull("waitSeconds", FieldTypes.Int),
        });

    public static readonly Shape<ListInboxResult> Result = new(
        (f, result) =>
        {
            f.Groups("item", result.Items, Item);
            f.Text("cursor", result.Cursor);
            f.Groups("property", result.Properties, CommonShapes.Property);
        },
        f => new ListInboxResult
        {
            Items = f.Groups("item", Item),
            Cursor = f.TextOrNull("cursor"),
            Properties = f.Groups("property", CommonShapes.Property),
        });

    static void WriteItem(FieldWriter f, InboxItem item)
    {
        f.Text("deliveryId", item.DeliveryId);
        f.Text("origin", item.Origin);
        f.Text("transferId", item.TransferId);
        f.Text("receiver", item.Receiver);
        f.Value<int>("replay", item.Replay, FieldTypes.Int);
        f.Group(BatchNames.Manifest, item.Manifest, ManifestShape.Full);
        f.Texts("hop", item.Hops);
        f.Value<long>("size", item.Size, FieldTypes.Long);
        f.Value<Sha256Digest>("sha256", item.Sha256, FieldTypes.Digest);
        f.Value<long>("chunkSize", item.ChunkSize, FieldTypes.Long);
        f.Value<Sha256Digest>("root", item.Root, FieldTypes.Digest);
        f.Binary("acceptedReceiptDocument", item.AcceptedReceiptDocument);
        f.Value<DateTimeOffset>("offeredAt", item.OfferedAt, FieldTypes.Instant);
        f.Value("leaseUntil", item.LeaseUntil, FieldTypes.Instant);
        f.Groups("property", item.Properties, CommonShapes.Property);
    }

    static InboxItem ReadItem(FieldReader f) => new()
    {
        DeliveryId = f.Text("deliveryId"),
        Origin = f.Text("origin"),
        TransferId = f.Text("transferId"),
        Receiver = f.Text("receiver"),
        Replay = f.Value("replay", FieldTypes.Int),
        Manifest = f.Group(BatchNames.Manifest, ManifestShape.Full),
        Hops = f.Texts("hop"),
        Size = f.Value("size", FieldTypes.Long),
        Sha256 = f.Value("sha256", FieldTypes.Digest),
        ChunkSize = f.Value("chunkSize", FieldTypes.Long),
        Root = f.Value("root", FieldTypes.Digest),
        AcceptedReceiptDocument = f.Binary("acceptedReceiptDocument"),
        OfferedAt = f.Value("offeredAt", FieldTypes.Instant),
        LeaseUntil = f.ValueOrNull("leaseUntil", FieldTypes.Instant),
        Properties = f.Groups("property", CommonShapes.Property),
    };
}

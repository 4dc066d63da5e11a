using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Client.Gateway;

/// <summary>A file in the fake gateway's inbox, and what became of it.</summary>
sealed class FakeDelivery(string id, FakeTransfer transfer, byte[] bytes, byte[] acceptedReceipt)
{
    /// <summary>Bytes handed out.</summary>
    public long Fetched;

    public string Id => id;

    public FakeTransfer Transfer => transfer;

    public byte[] Bytes => bytes;

    /// <summary>The lease in force; null while it is free.</summary>
    public string? Lease { get; set; }

    /// <summary>What was confirmed, each stage once.</summary>
    public List<ConfirmReceiptRequest> Confirmed { get; } = [];

    public Dictionary<ReceiptKind, byte[]> Receipts { get; } = [];

    public InboxItem Item
    {
        get
        {
            var item = new InboxItem
            {
                DeliveryId = id,
                Origin = transfer.Manifest.Origin,
                TransferId = transfer.Manifest.TransferId,
                Receiver = "kaoku",
                Replay = 0,
                Manifest = transfer.Manifest,
                Size = bytes.Length,
                Sha256 = Sha256Digest.Of(bytes),
                ChunkSize = transfer.ChunkSize,
                Root = transfer.Root,
                AcceptedReceiptDocument = acceptedReceipt,
                OfferedAt = DateTimeOffset.UtcNow,
            };
            return Announce(item);
        }
    }

    /// <summary>Changes what is said of it.</summary>
    public Func<InboxItem, InboxItem> Announce { get; set; } = item => item;
}

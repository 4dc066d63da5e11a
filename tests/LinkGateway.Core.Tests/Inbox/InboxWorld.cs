using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Inbox;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Inbox;

/// <summary>A gateway whose receiver fetches from an inbox, and what the receiver calls.</summary>
static class InboxWorld
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Lets the receiver fetch what is for it; the other receiver keeps its folder.</summary>
    public static void WithInbox(JsonNode json)
    {
        json["destinations"]!.AsArray().Add(JsonNode.Parse("""{ "id": "inbox", "kind": "inbox" }"""));
        json["routes"]!.AsArray().First(route => (string?)route!["receiver"] == Receiver)!["destination"] = "inbox";
        var next = json["participants"]!.AsArray().FirstOrDefault(participant => (string?)participant!["id"] == "gw-b");
        if (next is not null) next["mayReceiveFor"] = new JsonArray(Receiver);
    }

    public static async Task<CoreWorld> StartAsync(WorldParts? parts = null, Action<JsonNode>? more = null)
    {
        var world = new CoreWorld(
            configuration: json =>
            {
                WithInbox(json);
                more?.Invoke(json);
            },
            parts: parts);
        await world.StartAsync();
        return world;
    }

    /// <summary>Hands a file in and waits until it lies in the inbox.</summary>
    public static async Task<DeliveryRecord> OfferAsync(this CoreWorld world, string transferId, byte[] file)
    {
        await world.SubmitAsync(Manifest(transferId, file), file, chunkSize: ChunkSize);
        return await world.UntilAsync(Identity(transferId), delivery => delivery.OfferedAt is not null, "an offer");
    }

    public static async Task<Outcome<ListInboxResult>> ListAsync(
        this CoreWorld world, string caller = Receiver, string? receiver = null, string? cursor = null,
        int? max = null, int? wait = null) =>
        await world.Transfers.ListInboxAsync(
            caller, new ListInboxRequest { Receiver = receiver, Cursor = cursor, Max = max, WaitSeconds = wait }, Never);

    public static async Task<Outcome<InboxContent>> FetchAsync(
        this CoreWorld world, string deliveryId, string? lease = null, long offset = 0, long length = ChunkSize, bool wantData = false,
        string caller = Receiver) =>
        await world.Transfers.FetchChunkAsync(
            caller,
            new FetchChunkRequest { DeliveryId = deliveryId, Lease = lease, Offset = offset, Length = length, WantData = wantData },
            Never);

    public static async Task<Outcome<InboxContent>> FetchFileAsync(this CoreWorld world, string deliveryId, string? lease = null) =>
        await world.Transfers.FetchFileAsync(Receiver, new FetchFileRequest { DeliveryId = deliveryId, Lease = lease }, Never);

    public static async Task<Outcome<ConfirmReceiptResult>> ConfirmAsync(
        this CoreWorld world, string deliveryId, string? lease, string stage = ConfirmStages.Stored,
        Func<ConfirmReceiptRequest, ConfirmReceiptRequest>? more = null, string caller = Receiver)
    {
        var request = new ConfirmReceiptRequest { DeliveryId = deliveryId, Lease = lease, Stage = stage };
        return await world.Transfers.ConfirmReceiptAsync(caller, more?.Invoke(request) ?? request, Never);
    }

    /// <summary>Changes the row of delivery "a", as somebody else would.</summary>
    public static async Task ChangeAsync(this CoreWorld world, Func<DeliveryRecord, DeliveryRecord> change)
    {
        var row = await world.DeliveryAsync(Identity("a"));
        var batch = new JournalBatch();
        batch.Deliveries.Add(change(row) with { Version = row.Version + 1 });
        await world.Journal.CommitAsync(batch, Never);
        world.Services.DeliveriesChanged.Pulse();
    }

    /// <summary>All bytes of a content, which is disposed.</summary>
    public static async Task<byte[]> ReadAsync(this Outcome<InboxContent> fetched)
    {
        Assert.Null(fetched.Refusal);
        await using var content = fetched.Value!;
        if (content.Data is { } data) return data;
        var bytes = new byte[content.Result.Length];
        var length = 0;
        var buffer = new byte[10_000];
        while (await content.ReadAsync(buffer, Never) is > 0 and var read)
        {
            buffer.AsSpan(0, read).CopyTo(bytes.AsSpan(length));
            length += read;
        }

        Assert.Equal(bytes.Length, length);
        return bytes;
    }
}

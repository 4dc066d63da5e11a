using System.Text.Json.Nodes;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Batch;

/// <summary>Inboxes over real sockets.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    const int Chunk = 256 << 10;

    static readonly byte[] Content = MakeContent();

    TestGateway _gateway = null!;
    BatchClient _receiver = null!;

    public async Task InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(WithInbox);
        _receiver = _gateway.As(_gateway.Folder.Juki);
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task A_file_is_fetched_whole_and_confirmed()
    {
        var item = await OfferAsync();
        var file = await FetchAsync(await _receiver.FetchFileAsync(new FetchFileRequest { DeliveryId = item.DeliveryId }, default));
        Assert.Equal(Content, file.Bytes);

        var request = new ConfirmReceiptRequest
        {
            DeliveryId = item.DeliveryId,
            Lease = file.Result.Lease,
            Stage = ConfirmStages.Stored,
            Size = Content.Length,
            Sha256 = Sha256Digest.Of(file.Bytes),
        };
        var confirmed = await _receiver.ConfirmReceiptAsync(request, default);
        var again = await _receiver.ConfirmReceiptAsync(request, default);

        Assert.Equal("Delivered", confirmed.Value?.State);
        Assert.Equal(confirmed.Value!.ReceiptDocument, again.Value?.ReceiptDocument);
        Assert.Empty((await _receiver.ListInboxAsync(new ListInboxRequest(), default)).Value!.Items);
        var receipts = await _gateway.As("kaoku").GetReceiptsSinceAsync(new GetReceiptsSinceRequest(), default);
        Assert.Equal(["accepted", "delivered"], receipts.Value!.Receipts.Select(receipt => receipt.Kind));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_is_fetched_in_chunks_beside_each_other(bool wantData)
    {
        var item = await OfferAsync();
        var lease = (await FetchAsync(await _receiver.FetchChunkAsync(Range(item, null, 0, wantData), default))).Result.Lease;

        var chunks = await Task.WhenAll(Enumerable.Range(0, (Content.Length + Chunk - 1) / Chunk).Select(async index =>
            await FetchAsync(await _receiver.FetchChunkAsync(Range(item, lease, index * Chunk, wantData), default))));

        Assert.Equal(Content, chunks.SelectMany(chunk => chunk.Bytes).ToArray());
        Assert.All(chunks, chunk => Assert.Equal(wantData, chunk.Result.Data is not null));
    }

    [Fact]
    public async Task A_connection_that_is_left_early_leaves_the_rest_fetchable()
    {
        var item = await OfferAsync();
        var first = await _receiver.FetchFileAsync(new FetchFileRequest { DeliveryId = item.DeliveryId }, default);
        await first.Value!.ReadAsync(new byte[100], default);
        await first.Value.DisposeAsync();

        var rest = await _receiver.FetchChunkAsync(
            new FetchChunkRequest { DeliveryId = item.DeliveryId, Lease = first.Value.Result.Lease, Offset = 100, Length = Content.Length },
            default);

        Assert.Equal(Content[100..], (await FetchAsync(rest)).Bytes);
    }

    [Fact]
    public async Task Damaged_bytes_break_the_answer_off()
    {
        var item = await OfferAsync();
        var spool = Assert.Single(Directory.GetFiles(Path.Combine(_gateway.Folder.Data, "spool"), "*", SearchOption.AllDirectories));
        using (var file = File.Open(spool, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = Content.Length - 1;
            file.WriteByte((byte)(Content[^1] + 1));
        }

        var fetched = await _receiver.FetchFileAsync(new FetchFileRequest { DeliveryId = item.DeliveryId }, default);
        await using var content = fetched.Value!;

        await Assert.ThrowsAsync<IOException>(() => content.CopyToAsync(Stream.Null, default).AsTask());
        var again = await _receiver.FetchFileAsync(new FetchFileRequest { DeliveryId = item.DeliveryId }, default);
        Assert.True(again.Refusal?.Is(ErrorCatalogue.WrongDeliveryState), again.Reason);
    }

    [Fact]
    public async Task A_refusal_is_a_coded_fault_with_the_time_to_come_again()
    {
        var item = await OfferAsync();
        await (await _receiver.FetchFileAsync(new FetchFileRequest { DeliveryId = item.DeliveryId }, default)).Value!.DisposeAsync();

        var refused = await _receiver.FetchFileAsync(new FetchFileRequest { DeliveryId = item.DeliveryId }, default);

        Assert.True(refused.Refusal?.Is(ErrorCatalogue.DeliveryLeased), refused.Reason);
        Assert.InRange(refused.Refusal!.RetryAfter!.Value, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10.1));
    }

    static void WithInbox(JsonNode json)
    {
        json["destinations"]!.AsArray().Add(JsonNode.Parse("""{ "id": "juki-inbox", "kind": "inbox" }"""));
        json["routes"]![0]!["destination"] = "juki-inbox";
    }

    async Task<InboxItem> OfferAsync()
    {
        var request = Files.Request(Content, "t1") with { ChunkSize = Chunk };
        var submitted = await _gateway.As("kaoku").SubmitFileAsync(request, UploadContent.From(Content), default);
        Assert.True(submitted.Answered, submitted.Reason);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var listed = await _receiver.ListInboxAsync(new ListInboxRequest { WaitSeconds = 30 }, patience.Token);
            if (listed.Value!.Items.Count > 0) return Assert.Single(listed.Value.Items);
        }
    }

    static FetchChunkRequest Range(InboxItem item, string? lease, long offset, bool wantData) =>
        new() { DeliveryId = item.DeliveryId, Lease = lease, Offset = offset, Length = Chunk, WantData = wantData };

    static async Task<(FetchResult Result, byte[] Bytes)> FetchAsync(BatchAnswer<FetchedContent> answer)
    {
        Assert.True(answer.Answered, answer.Reason);
        await using var content = answer.Value;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, default);
        return (content.Result, bytes.ToArray());
    }

    static byte[] MakeContent()
    {
        var bytes = new byte[(3 * Chunk) + 1000];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}

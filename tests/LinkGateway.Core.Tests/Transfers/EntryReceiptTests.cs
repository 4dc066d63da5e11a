using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Transfers;

/// <summary>What a forward proves: the entry gateway's signed receipt must be of the very file that came.</summary>
public sealed class EntryReceiptTests
{
    static readonly byte[] File = Bytes(ChunkSize + 1);

    readonly CoreWorld _entry = new("gw-b");
    readonly CoreWorld _world = new("gw-a");

    public static TheoryData<string, Func<ReceiptContent, ReceiptContent>> Lies() => new()
    {
        { "kind", receipt => receipt with { Kind = ReceiptKind.Delivered } },
        { "kind", receipt => receipt with { Receiver = Receiver } },
        { "issuer", receipt => receipt with { Issuer = "gw-c" } },
        { "origin", receipt => receipt with { Origin = Stranger } },
        { "transferId", receipt => receipt with { TransferId = "b" } },
        { "manifestDigest", receipt => receipt with { ManifestDigest = default } },
        { "environment", receipt => receipt with { Environment = "production" } },
        { "size", receipt => receipt with { Size = receipt.Size + 1 } },
        { "chunkSize", receipt => receipt with { ChunkSize = receipt.ChunkSize * 2 } },
        { "root", receipt => receipt with { Root = default } },
        { "sha256", receipt => receipt with { Sha256 = default } },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_receipt_of_something_else_is_refused_and_names_the_field(string field, Func<ReceiptContent, ReceiptContent> lie)
    {
        var document = new TestReceipts().Sign(lie(TestReceipts.Read(await EntryReceiptAsync())));

        var refused = await ForwardAsync(document);

        Assert.Equal("LG-2011", refused.Refusal?.Code);
        Assert.EndsWith($" {field}", refused.Refusal!.Arguments[0], StringComparison.Ordinal);
        Assert.Empty(await _world.Journal.ReceiptsAsync(ForwardIdentity("a"), Never));
    }

    [Fact]
    public async Task A_receipt_that_nobody_signed_is_refused() =>
        Assert.Equal("LG-2011", (await ForwardAsync(TestReceipts.Forge(TestReceipts.Read(await EntryReceiptAsync())))).Refusal?.Code);

    [Fact]
    public async Task A_forward_without_a_receipt_is_refused() => Assert.Equal("LG-1002", (await ForwardAsync(null)).Refusal?.Code);

    [Fact]
    public async Task The_right_receipt_lets_the_forward_in_and_is_kept()
    {
        var document = await EntryReceiptAsync();

        var accepted = await ForwardAsync(document);

        Assert.Equal("Accepted", accepted.Value?.State);
        Assert.Equal(document, (await _world.RowAsync(ForwardIdentity("a"))).EntryReceipt!.Value.ToArray());
        Assert.Equal(Sha256Digest.Of(document), TestReceipts.Read(accepted.Value!.Receipt!.ReceiptDocument).Predecessor);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(ChunkSize + 1)]
    public async Task A_forward_by_SubmitFile_carries_the_receipt_too(int size)
    {
        var file = Bytes(size);
        var manifest = Manifest("a", file);
        var receipt = (await _entry.SubmitAsync(manifest, file)).Value!.Receipt!.ReceiptDocument;
        var request = new SubmitFileRequest
        {
            Transfer = Forwarded,
            Manifest = manifest,
            Hops = ["gw-b"],
            ChunkSize = ChunkSize,
            File = "file",
            EntryReceiptDocument = TestReceipts.Forge(TestReceipts.Read(receipt)),
        };

        var forged = await SubmitAsync(request);
        var without = await SubmitAsync(request with { EntryReceiptDocument = null });
        var right = await SubmitAsync(request with { EntryReceiptDocument = receipt });

        Assert.Equal(("LG-2011", "LG-1002"), (forged.Refusal?.Code, without.Refusal?.Code));
        Assert.Equal("Accepted", right.Value?.State);

        async Task<Contract.Errors.Outcome<AcceptResult>> SubmitAsync(SubmitFileRequest forward) =>
            await _world.Transfers.SubmitFileAsync("gw-b", forward, new TestBody(file), Never);
    }

    [Theory]
    [InlineData(ChunkSize + 1)]
    [InlineData(ChunkSize * 3)]
    public async Task Chunks_left_from_a_file_that_was_given_up_before_us_do_not_stand_in_the_way_of_the_one_that_was_accepted(int leftSize)
    {
        var left = Bytes(leftSize, seed: 2);
        var document = (await _entry.SubmitAsync(Manifest("a"), File)).Value!.Receipt!.ReceiptDocument;
        await PutAsync(Manifest("a"), left);

        // The same manifest: the chunks of the earlier file count as held, and the forward sends only what is missing.
        var opened = await OpenAsync(Manifest("a"));
        var refused = await CommitAsync(opened.Attempt, document);
        var accepted = await CommitAsync(await PutAsync(Manifest("a"), File), document);

        Assert.Contains(refused.Refusal?.Code, (string[])["LG-2007", "LG-2011"]);
        Assert.Equal("Accepted", accepted.Value?.State);
        Assert.Equal(File, await _world.StoredAsync(ForwardIdentity("a")));
    }

    static TransferReference Forwarded => new() { Origin = Origin, TransferId = "a", Receiver = Receiver };

    async Task<byte[]> EntryReceiptAsync() => (await _entry.SubmitAsync(Manifest("a", File), File)).Value!.Receipt!.ReceiptDocument;

    async Task<Contract.Errors.Outcome<AcceptResult>> ForwardAsync(byte[]? entryReceipt) =>
        await CommitAsync(await PutAsync(Manifest("a", File), File), entryReceipt);

    async Task<OpenTransferResult> OpenAsync(Manifest manifest)
    {
        var request = new OpenTransferRequest { Transfer = Forwarded, Manifest = manifest, Hops = ["gw-b"], ChunkSize = ChunkSize };
        return (await _world.Transfers.OpenTransferAsync("gw-b", request, Never)).Value!;
    }

    async Task<int> PutAsync(Manifest manifest, byte[] file)
    {
        var opened = await OpenAsync(manifest);
        for (var index = 0; index < ChunksOf(file); index++)
        {
            var chunk = Chunk("a", opened.Attempt, index, file) with { Transfer = Forwarded };
            Assert.True((await _world.Transfers.PutChunkAsync("gw-b", chunk, new TestBody(Slice(file, index)), Never)).Succeeded);
        }

        return opened.Attempt;
    }

    async Task<Contract.Errors.Outcome<AcceptResult>> CommitAsync(int attempt, byte[]? entryReceipt)
    {
        var commit = new CommitTransferRequest
        {
            Transfer = Forwarded,
            Attempt = attempt,
            Size = File.Length,
            Sha256 = Sha256Digest.Of(File),
            EntryReceiptDocument = entryReceipt,
        };
        return await _world.Transfers.CommitTransferAsync("gw-b", commit, Never);
    }
}

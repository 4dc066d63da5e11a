using System.Security.Cryptography.X509Certificates;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Wire;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Server.Tests.Batch;

public sealed class SubmitTests
{
    // Below and above limits.inlinePayloadBytes: in the journal's commit, and in a spool file.
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(3_000_000)]
    public async Task A_file_in_one_message_is_answered_with_a_receipt_that_verifies_with_the_published_certificate(int size)
    {
        await using var gateway = await TestGateway.StartAsync();
        var content = Content(size);

        var answer = await Files.SubmitAsync(gateway.As("kaoku"), content, "t1");

        Assert.True(answer.Answered, answer.Reason);
        Assert.Equal("Accepted", answer.Value.State);
        using var published = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(gateway.Folder.Data, "keys", "receipt.cer"));
        var receipt = ReceiptVerifier.Verify(answer.Value.Receipt!.ReceiptDocument, [published]);
        Assert.True(receipt.IsValid, receipt.Reason);
        Assert.Equal("gw-test", receipt.Content.Issuer);
        Assert.Equal(size, receipt.Content.Size);
        Assert.Equal(Sha256Digest.Of(content), receipt.Content.Sha256);
    }

    [Fact]
    public async Task A_file_in_chunks_is_accepted_by_the_commit()
    {
        await using var gateway = await TestGateway.StartAsync();
        var client = gateway.As("kaoku");
        var content = Content(600_000);
        var manifest = Files.Request(content, "t1").Manifest;

        var opened = await client.OpenTransferAsync(new OpenTransferRequest
        {
            Transfer = new TransferReference { TransferId = "t1" },
            Manifest = manifest,
            ChunkSize = 256 * 1024,
        }, CancellationToken.None);
        Assert.True(opened.Answered, opened.Reason);
        for (var index = 0; index * opened.Value.ChunkSize < content.Length; index++)
        {
            var chunk = content.AsMemory((int)(index * opened.Value.ChunkSize));
            chunk = chunk[..(int)Math.Min(chunk.Length, opened.Value.ChunkSize)];
            var put = await client.PutChunkAsync(Chunk(opened.Value, index, chunk), UploadContent.From(chunk), CancellationToken.None);
            Assert.True(put.Answered, put.Reason);
        }
        AcceptResult? result = null;
        while (result?.State is null or "Verifying")
        {
            var committed = await client.CommitTransferAsync(new CommitTransferRequest
            {
                Transfer = new TransferReference { TransferId = "t1" },
                Attempt = opened.Value.Attempt,
                Size = content.Length,
                Sha256 = Sha256Digest.Of(content),
            }, CancellationToken.None);
            Assert.True(committed.Answered, committed.Reason);
            result = committed.Value;
        }

        Assert.Equal("Accepted", result.State);
        Assert.Equal(Sha256Digest.Of(content), result.Receipt!.Sha256);
    }

    [Fact]
    public async Task A_chunk_may_come_within_the_envelope_from_toolkits_that_cannot_attach()
    {
        await using var gateway = await TestGateway.StartAsync();
        var content = Content(1000);
        var opened = await gateway.As("kaoku").OpenTransferAsync(new OpenTransferRequest
        {
            Transfer = new TransferReference { TransferId = "t1" },
            Manifest = Files.Request(content, "t1").Manifest,
        }, CancellationToken.None);
        using var http = gateway.Connect(new ConnectionOptions
        {
            User = "kaoku",
            Password = GatewayFolder.Password,
            TrustedServerCertificates = [gateway.ServerCertificate],
        });

        await using var response = await new SoapSender(http).SendAsync(gateway.Address, new SoapRequest
        {
            Body = writer => BatchOperations.PutChunk.WriteRequest(writer, Chunk(opened.Value!, 0, content) with { Data = content }),
        }, CancellationToken.None);

        Assert.Null(response.Fault);
        using var body = response.Envelope!.ReadBody();
        Assert.Equal(0, BatchOperations.PutChunk.ReadResult(body, TimeZoneInfo.Utc).Value?.Index);
    }

    [Fact]
    public async Task What_no_route_names_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var content = Content(10);

        var byOrigin = await gateway.As("koseki").SubmitFileAsync(
            Files.Request(content, "t1", origin: "koseki"), UploadContent.From(content), CancellationToken.None);
        var byInterface = await gateway.As("kaoku").SubmitFileAsync(
            Files.Request(content, "t1", interfaceId: "other"), UploadContent.From(content), CancellationToken.None);

        Assert.Equal(ErrorCatalogue.NoRoute.Code, byOrigin.Refusal?.Code);
        Assert.Equal(ErrorCatalogue.NoRoute.Code, byInterface.Refusal?.Code);
    }

    [Fact]
    public async Task A_participant_sees_only_what_is_its_own()
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.True((await Files.SubmitAsync(gateway.As("kaoku"), Content(10), "t1")).Answered);
        var other = gateway.As("koseki");

        var asItself = await other.GetTransferStatusAsync(Files.Status("t1"), CancellationToken.None);
        var asOrigin = await other.GetTransferStatusAsync(Files.Status("t1", origin: "kaoku"), CancellationToken.None);
        var receipts = await other.GetReceiptsSinceAsync(new GetReceiptsSinceRequest(), CancellationToken.None);
        var own = await gateway.As("kaoku").GetReceiptsSinceAsync(new GetReceiptsSinceRequest(), CancellationToken.None);

        Assert.Equal(ErrorCatalogue.TransferUnknown.Code, asItself.Refusal?.Code);
        Assert.NotNull(asOrigin.Refusal);
        Assert.Empty(receipts.Value!.Receipts);
        Assert.NotEmpty(own.Value!.Receipts);
    }

    [Fact]
    public async Task An_accepted_file_is_still_known_after_a_restart()
    {
        using var folder = new GatewayFolder();
        ReceiptEntry receipt;
        await using (var first = await TestGateway.StartInAsync(folder))
            receipt = (await Files.SubmitAsync(first.As("kaoku"), Content(1000), "t1")).Value!.Receipt!;

        await using var second = await TestGateway.StartInAsync(folder);
        var again = await Files.SubmitAsync(second.As("kaoku"), Content(1000), "t1");

        Assert.Equal(receipt.ReceiptDocument, again.Value!.Receipt!.ReceiptDocument);
    }

    static PutChunkRequest Chunk(OpenTransferResult opened, int index, ReadOnlyMemory<byte> bytes) => new()
    {
        Transfer = new TransferReference { TransferId = "t1" },
        Attempt = opened.Attempt,
        Index = index,
        Offset = index * opened.ChunkSize,
        Length = bytes.Length,
        Sha256 = Sha256Digest.Of(bytes.Span),
    };

    static byte[] Content(int size)
    {
        var content = new byte[size];
        new Random(1).NextBytes(content);
        return content;
    }
}

using System.Security.Cryptography;
using System.Text;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Client.Receivers;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>
/// A receiving system made with JAX-WS from wsdl/batch-receiver.wsdl, in SOAP 1.1 (131016) and SOAP 1.2 (011002), to which the gateway
/// pushes files.
/// </summary>
[Collection(ToolkitCollection.Name)]
public sealed class JaxWsFileReceiverTests(ToolkitGateway gateway, JaxWsReceiver receiver)
{
    // What the receiver needs is what the client needs.
    const string Toolkit = "jaxws";
    const string Of11 = "131016-juki";
    const string Of12 = "011002-juki";

    [RequiresToolkitFact(Toolkit)]
    public Task A_file_is_stored_byte_for_byte() => IsStoredAsync(Of11, "binary-11");

    [RequiresToolkitFact(Toolkit)]
    public Task A_file_is_stored_byte_for_byte_in_SOAP_1_2() => IsStoredAsync(Of12, "binary-12");

    [RequiresToolkitFact(Toolkit)]
    public async Task A_file_larger_than_its_memory_is_stored()
    {
        await receiver.StartAsync(gateway);
        const long Size = 256L << 20;
        await using var file = File.OpenRead(gateway.LargeFile(Size));
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
        var content = new UploadContent(Size, (position, buffer, ct) => RandomAccess.ReadAsync(file.SafeFileHandle, buffer, position, ct));

        await SubmitAsync(Of11, "large", content, "large.bin");

        await DeliveredAsync("large");
        Assert.Contains($"sha256={sha256}", await RecordAsync(Of11, "large"), StringComparison.Ordinal);
    }

    [RequiresToolkitFact(Toolkit)]
    public async Task After_an_answer_that_got_lost_it_is_asked_and_not_sent_the_file_again()
    {
        await receiver.StartAsync(gateway);
        gateway.JaxWs.LosesAnswers = true;
        await SubmitAsync(Of11, "lost", UploadContent.From(ToolkitFiles.Cp932Csv), "lost.csv");
        await Patience.UntilAsync(
            () => Task.FromResult(receiver.Received), lines => lines.Any(line => Is(line, "GetTransferStatus", "lost")));

        gateway.JaxWs.LosesAnswers = false;

        await DeliveredAsync("lost");
        Assert.Single(receiver.Received, line => Is(line, "SubmitFile", "lost"));
    }

    [RequiresToolkitFact(Toolkit)]
    public async Task What_it_rejects_is_over()
    {
        await receiver.StartAsync(gateway);

        await SubmitAsync(Of11, "no", UploadContent.From(ToolkitFiles.Cp932Csv), "reject.csv");

        var delivery = await UntilAsync("no", delivery => delivery.State == "ReceiverRejected");
        Assert.Contains("K-17 家屋番号なし", delivery.LastErrorText, StringComparison.Ordinal);
    }

    [RequiresToolkitFact(Toolkit)]
    public Task What_it_knows_can_be_asked() => IsAskedAsync("files", SoapVersion.Soap11);

    [RequiresToolkitFact(Toolkit)]
    public Task What_it_knows_can_be_asked_in_SOAP_1_2() => IsAskedAsync("files12", SoapVersion.Soap12);

    async Task IsStoredAsync(string organisation, string transferId)
    {
        await receiver.StartAsync(gateway);

        await SubmitAsync(organisation, transferId, UploadContent.From(ToolkitFiles.Binary), "binary.bin");

        var receipt = await DeliveredAsync(transferId);
        Assert.Equal(ToolkitFiles.Binary, await File.ReadAllBytesAsync(PathOf(organisation, transferId, "data")));
        var reference = $"J-{KeyOf(organisation, transferId)[..12]}";
        Assert.Contains($"<receiverReference>{reference}</receiverReference>", receipt, StringComparison.Ordinal);
    }

    async Task IsAskedAsync(string path, SoapVersion version)
    {
        await receiver.StartAsync(gateway);
        var address = new Uri($"http://127.0.0.1:{gateway.JaxWs.Port}/{path}");
        using var http = GatewayConnections.Create(address, new ConnectionOptions());
        var client = new ReceiverClient(http, address, new ReceiverClientOptions { Version = version });
        var id = new TransferReference { Origin = ToolkitGateway.Origin, TransferId = $"direct-{path}", Receiver = Of11 };
        var before = await client.GetTransferStatusAsync(new GetTransferStatusRequest { Transfer = id }, CancellationToken.None);
        var content = ToolkitFiles.Cp932Csv;
        var request = new SubmitFileRequest { Transfer = id, Manifest = Manifest(Of11, id.TransferId, "direct.csv") };

        var first = await client.SubmitFileAsync(request, UploadContent.From(content), CancellationToken.None);
        var again = await client.SubmitFileAsync(request, UploadContent.From(content), CancellationToken.None);
        var after = await client.GetTransferStatusAsync(new GetTransferStatusRequest { Transfer = id }, CancellationToken.None);

        Assert.Equal(FileOutcome.Unknown, before.Value?.Outcome);
        Assert.All([first, again, after], answer =>
        {
            Assert.True(answer.Answered, answer.Reason);
            Assert.Equal(
                (FileOutcome.Stored, content.Length, Sha256Digest.Of(content)),
                (answer.Value.Outcome, answer.Value.Size, answer.Value.Sha256));
        });
        var chunked = await client.OpenTransferAsync(
            new OpenTransferRequest { Transfer = id, Manifest = request.Manifest }, CancellationToken.None);
        Assert.Equal((BatchOutcome.Refused, "not-offered"), (chunked.Outcome, chunked.Refusal?.Code));
    }

    async Task SubmitAsync(string organisation, string transferId, UploadContent content, string fileName)
    {
        var request = new SubmitFileRequest
        {
            Transfer = new TransferReference { TransferId = transferId },
            Manifest = Manifest(organisation, transferId, fileName),
        };
        var answer = await gateway.AsOrigin.SubmitFileAsync(request, content, CancellationToken.None);
        Assert.True(answer.Answered, answer.Reason);
    }

    /// <summary>Waits for the delivered receipt and reads its document.</summary>
    async Task<string> DeliveredAsync(string transferId)
    {
        await UntilAsync(transferId, delivery => delivery.State == "Delivered");
        var request = new GetReceiptsRequest { Transfer = new TransferReference { TransferId = transferId } };
        var receipts = (await gateway.AsOrigin.GetReceiptsAsync(request, CancellationToken.None)).Value!.Receipts;
        return Encoding.UTF8.GetString(Assert.Single(receipts, receipt => receipt.Kind == "delivered").ReceiptDocument);
    }

    Task<DeliveryStatus> UntilAsync(string transferId, Func<DeliveryStatus, bool> isIt) => Patience.UntilAsync(
        async () =>
        {
            var request = new GetTransferStatusRequest { Transfer = new TransferReference { TransferId = transferId } };
            return (await gateway.AsOrigin.GetTransferStatusAsync(request, CancellationToken.None)).Value!.Deliveries[0];
        },
        isIt);

    Task<string> RecordAsync(string organisation, string transferId) =>
        File.ReadAllTextAsync(PathOf(organisation, transferId, "properties"));

    string PathOf(string organisation, string transferId, string extension) =>
        Path.Combine(receiver.Folder, $"{KeyOf(organisation, transferId)}.{extension}");

    // As the receiver makes names of identities.
    static string KeyOf(string organisation, string transferId) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{ToolkitGateway.Origin}\n{transferId}\n{organisation}\n0")));

    static bool Is(string line, string operation, string transferId) =>
        line.StartsWith($"{operation} ", StringComparison.Ordinal) && line.EndsWith($" {transferId}", StringComparison.Ordinal);

    static Manifest Manifest(string organisation, string transferId, string fileName) => new()
    {
        Origin = ToolkitGateway.Origin,
        Receivers = [organisation],
        InterfaceId = ToolkitGateway.Pushed,
        TransferId = transferId,
        Kind = "full",
        Environment = ToolkitGateway.Environment,
        FileName = fileName,
    };
}

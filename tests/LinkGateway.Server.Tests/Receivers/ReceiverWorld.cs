using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Contract.Wire;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Receivers;

/// <summary>A gateway that pushes what kaoku sends to juki to a receiving system that a test plays.</summary>
sealed class ReceiverWorld : IAsyncDisposable
{
    public const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";

    public const int DeliveryTroubled = 501;

    ReceiverWorld(TestGateway gateway) => (Gateway, Client) = (gateway, gateway.As("kaoku"));

    public TestGateway Gateway { get; }

    /// <summary>The batch service as kaoku sees it.</summary>
    public BatchClient Client { get; }

    /// <summary>The identity under which a file is pushed.</summary>
    public static TransferReference Pushed(string transferId) => new() { Origin = "kaoku", TransferId = transferId, Receiver = "juki" };

    public static async Task<ReceiverWorld> StartAsync(Uri url, Action<JsonNode>? destination = null, string firstDelay = "00:00:00.05") =>
        new(await TestGateway.StartAsync(json =>
        {
            var receiver = JsonNode.Parse($$"""{ "id": "juki-files", "kind": "receiver", "url": "{{url}}" }""")!;
            destination?.Invoke(receiver);
            json["destinations"]!.AsArray().Add(receiver);
            json["routes"]![0]!["destination"] = "juki-files";
            json["routes"]![0]!["retry"] = JsonNode.Parse($$"""{ "firstDelay": "{{firstDelay}}", "maxDelay": "01:00:00" }""");
        }));

    /// <summary>Hands a file in and waits for the delivered receipt.</summary>
    public async Task<ReceiptEntry> DeliverAsync(byte[] content, string transferId = "t1")
    {
        await SubmitAsync(content, transferId);
        return await ReceiptAsync("delivered");
    }

    /// <summary>Hands a file in and waits until an attempt to deliver it has ended badly.</summary>
    public async Task<DeliveryStatus> TroubleAsync(byte[] content, string transferId = "t1")
    {
        await SubmitAsync(content, transferId);
        await Gateway.Log.WaitForAsync(DeliveryTroubled);
        return await DeliveryAsync(transferId);
    }

    public async Task<DeliveryStatus> DeliveryAsync(string transferId)
    {
        var answer = await Client.GetTransferStatusAsync(Files.Status(transferId), CancellationToken.None);
        return Assert.Single(answer.Value!.Deliveries);
    }

    public async Task<ReceiptEntry> ReceiptAsync(string kind)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        string? cursor = null;
        while (true)
        {
            var request = new GetReceiptsSinceRequest { Cursor = cursor, WaitSeconds = 30 };
            var answer = await Client.GetReceiptsSinceAsync(request, patience.Token);
            Assert.True(answer.Answered, answer.Reason);
            if (answer.Value.Receipts.FirstOrDefault(receipt => receipt.Kind == kind) is { } found) return found;
            cursor = answer.Value.Cursor;
        }
    }

    async Task SubmitAsync(byte[] content, string transferId)
    {
        var answer = await Files.SubmitAsync(Client, content, transferId);
        Assert.True(answer.Answered, answer.Reason);
    }

    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A whole HTTP answer to SubmitFile.</summary>
    public static byte[] Answer(FileResult result) =>
        RawReceiver.Answer(Envelope(writer => ReceiverOperations.SubmitFile.WriteResult(writer, result)));

    /// <summary>A whole HTTP answer to GetTransferStatus.</summary>
    public static byte[] Status(FileResult result) =>
        RawReceiver.Answer(Envelope(writer => ReceiverOperations.GetTransferStatus.WriteResult(writer, result)));

    /// <summary>A whole HTTP answer with a fault of the contract.</summary>
    public static byte[] Fault(string side, ReceiverFault fault) => RawReceiver.Answer(
        $"<e:Envelope xmlns:e=\"{Soap11}\"><e:Body><e:Fault><faultcode>e:{side}</faultcode><faultstring>{fault.Text}</faultstring>"
            + $"<detail>{Xml(writer => ReceiverFaultXml.Write(writer, fault))}</detail></e:Fault></e:Body></e:Envelope>",
        "500 Internal Server Error");

    public static FileResult Stored(byte[] content) => new()
    {
        Outcome = FileOutcome.Stored,
        Size = content.Length,
        Sha256 = Sha256Digest.Of(content),
        ReceiverReference = "R-1",
    };

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    static string Envelope(Action<XmlWriter> body) => $"<e:Envelope xmlns:e=\"{Soap11}\"><e:Body>{Xml(body)}</e:Body></e:Envelope>";

    static string Xml(Action<XmlWriter> write)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true })) write(writer);
        return text.ToString();
    }
}

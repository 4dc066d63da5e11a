using System.Security.Cryptography;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Client.Notifications;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.EndToEnd.Tests.Support;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>
/// An origin made with JAX-WS from wsdl/notification.wsdl, in both versions of SOAP, that is told what became of its files.
/// </summary>
[Collection(ToolkitCollection.Name)]
public sealed class JaxWsNotificationTests(ToolkitGateway gateway, JaxWsReceiver receiver)
{
    // What the receiver needs is what the client needs.
    const string Toolkit = "jaxws";

    [RequiresToolkitFact(Toolkit)]
    public async Task The_delivered_receipt_of_a_file_arrives_byte_for_byte()
    {
        await receiver.StartAsync(gateway);
        var origin = gateway.As(ToolkitGateway.Notified);
        var request = new SubmitFileRequest
        {
            Transfer = new TransferReference { TransferId = "notified" },
            Manifest = new Manifest
            {
                Origin = ToolkitGateway.Notified,
                Receivers = [ToolkitGateway.Receiver],
                InterfaceId = ToolkitGateway.Interface,
                TransferId = "notified",
                Kind = "full",
                Environment = ToolkitGateway.Environment,
                FileName = "notified.csv",
            },
        };
        Assert.True((await origin.SubmitFileAsync(request, UploadContent.From(ToolkitFiles.Cp932Csv), CancellationToken.None)).Answered);

        var receipt = await Patience.UntilAsync(
            async () =>
            {
                var receipts = await origin.GetReceiptsAsync(
                    new GetReceiptsRequest { Transfer = request.Transfer }, CancellationToken.None);
                return receipts.Value!.Receipts.SingleOrDefault(one => one.Kind == "delivered");
            },
            one => one is not null);

        var path = PathOf(receipt!.ReceiptDocument);
        await Patience.UntilAsync(() => Task.FromResult(File.Exists(path)), arrived => arrived);
        Assert.Equal(receipt.ReceiptDocument, await File.ReadAllBytesAsync(path));
    }

    [RequiresToolkitFact(Toolkit)]
    public Task It_notes_what_it_is_told() => IsNotedAsync("notices", SoapVersion.Soap11);

    [RequiresToolkitFact(Toolkit)]
    public Task It_notes_what_it_is_told_in_SOAP_1_2() => IsNotedAsync("notices12", SoapVersion.Soap12);

    async Task IsNotedAsync(string path, SoapVersion version)
    {
        await receiver.StartAsync(gateway);
        var address = new Uri($"http://127.0.0.1:{gateway.JaxWs.Port}/{path}");
        using var http = GatewayConnections.Create(address, new ConnectionOptions());
        var client = new NotificationClient(http, address, new NotificationClientOptions { Version = version });
        var document = RandomNumberGenerator.GetBytes(4_000);
        var failure = new DeliveryFailedRequest
        {
            Transfer = new TransferReference { Origin = ToolkitGateway.Notified, TransferId = path, Receiver = "131016-juki", Replay = 1 },
            Code = "LG-6004",
            Text = "あきらめました <&>",
            State = "Failed",
            At = DateTimeOffset.UtcNow,
        };

        var first = await client.ReceiptIssuedAsync(new ReceiptIssuedRequest { ReceiptDocument = document }, CancellationToken.None);
        var again = await client.ReceiptIssuedAsync(new ReceiptIssuedRequest { ReceiptDocument = document }, CancellationToken.None);
        var failed = await client.DeliveryFailedAsync(failure, CancellationToken.None);
        var unwanted = await client.DeliveryFailedAsync(
            failure with { Transfer = failure.Transfer with { TransferId = "unknown" } }, CancellationToken.None);

        Assert.All([first, again, failed], answer => Assert.True(answer.Noted, answer.Reason));
        Assert.Equal(document, await File.ReadAllBytesAsync(PathOf(document)));
        await Patience.UntilAsync(() => Task.FromResult(receiver.Received), lines => lines.Any(
            line => line.StartsWith("DeliveryFailed ", StringComparison.Ordinal)
                && line.EndsWith($" {path} 131016-juki LG-6004 Failed", StringComparison.Ordinal)));
        Assert.Equal((false, true), (unwanted.Noted, unwanted.Unwanted));
    }

    // As the origin names what it keeps.
    string PathOf(byte[] document) =>
        Path.Combine(receiver.Folder, "notices", Convert.ToHexStringLower(SHA256.HashData(document)) + ".xml");
}

using System.Text.Json.Nodes;
using System.Xml;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.Wire;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Notices;

/// <summary>What became of files, as the origin's service gets it over the wire.</summary>
public sealed class CallbackTests
{
    const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";
    const string Noted =
        $"<r:ReceiptIssuedResponse xmlns:r=\"{NotificationNames.Namespace}\"><r:result/></r:ReceiptIssuedResponse>";

    [Theory]
    [InlineData("soap11", Soap11, "text/xml")]
    [InlineData("soap12", Soap12, "application/soap+xml")]
    public async Task The_delivered_receipt_is_posted_byte_for_byte(string soap, string envelope, string contentType)
    {
        await using var origin = RawReceiver.Answering(
            Envelope(envelope, Noted), more: $"Content-Type: {contentType}; charset=utf-8\r\n");
        await using var gateway = await StartAsync(origin, soap);
        await Files.SubmitAsync(gateway.As("kaoku"), [1, 2, 3], "t1");

        var request = await origin.NextAsync();

        Assert.StartsWith(contentType, request["Content-Type"], StringComparison.Ordinal);
        var told = Read(NotificationOperations.ReceiptIssued, request, envelope);
        var answer = await gateway.As("kaoku").GetReceiptsAsync(
            new GetReceiptsRequest { Transfer = new TransferReference { TransferId = "t1" } }, CancellationToken.None);
        var receipt = answer.Value!.Receipts.Single(one => one.Kind == ReceiptKind.Delivered.ToWire());
        Assert.Equal(receipt.ReceiptDocument, told.ReceiptDocument);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("202 Accepted")]
    public async Task An_empty_answer_is_one(string status)
    {
        await using var origin = RawReceiver.Answering("", status, "");
        await using var gateway = await StartAsync(origin);
        await Files.SubmitAsync(gateway.As("kaoku"), [1], "t1");
        await origin.NextAsync();
        await Files.SubmitAsync(gateway.As("kaoku"), [2], "t2");
        await origin.NextAsync();

        Assert.Equal(2, origin.Requests.Count);
        Assert.NotEqual(origin.Requests[0].Text, origin.Requests[1].Text);
    }

    [Theory]
    [InlineData(
        "500 Internal Server Error", "text/xml", "<e:Fault><faultcode>e:Server</faultcode><faultstring>later</faultstring></e:Fault>")]
    [InlineData("200 OK", "text/html", "<html>The page of some other server.</html>")]
    [InlineData("404 Not Found", "text/plain", "nothing here")]
    public async Task What_was_not_noted_is_posted_again(string status, string contentType, string body)
    {
        var calls = 0;
        var wrong = contentType == "text/xml" ? Envelope(Soap11, body) : body;
        await using var origin = new RawReceiver(_ => Interlocked.Increment(ref calls) == 1
            ? RawReceiver.Answer(wrong, status, $"Content-Type: {contentType}\r\n")
            : RawReceiver.Answer(Envelope(Soap11, Noted)));
        await using var gateway = await StartAsync(origin);
        await Files.SubmitAsync(gateway.As("kaoku"), [1, 2, 3], "t1");

        var (first, second) = (await origin.NextAsync(), await origin.NextAsync());

        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task What_the_origin_does_not_want_is_not_posted_again()
    {
        var fault = new System.Text.StringBuilder();
        using (var writer = XmlWriter.Create(fault, new XmlWriterSettings { OmitXmlDeclaration = true }))
            NotificationFaultXml.Write(writer, new NotificationFault(NotificationNames.Unwanted, "not ours"));
        var body = Envelope(
            Soap11, $"<e:Fault><faultcode>e:Client</faultcode><faultstring>no</faultstring><detail>{fault}</detail></e:Fault>");
        await using var origin = new RawReceiver(_ => RawReceiver.Answer(body, "500 Internal Server Error"));
        await using var gateway = await StartAsync(origin);
        await Files.SubmitAsync(gateway.As("kaoku"), [1], "t1");
        await origin.NextAsync();
        await Files.SubmitAsync(gateway.As("kaoku"), [2], "t2");
        await origin.NextAsync();

        Assert.NotEqual(origin.Requests[0].Text, origin.Requests[1].Text);
        Assert.Contains("not ours", gateway.Log.Texts(808).First(), StringComparison.Ordinal);
    }

    static Task<TestGateway> StartAsync(RawReceiver origin, string soap = "soap11") => TestGateway.StartAsync(json =>
    {
        json["participants"]![0]!["notices"] = JsonNode.Parse($$"""{ "url": "{{origin.Url}}", "soap": "{{soap}}" }""");
        json["destinations"]![0]!["onExists"] = "number";
    });

    static TRequest Read<TRequest>(BatchOperation<TRequest, NotedResult> operation, RawRequest request, string envelope)
        where TRequest : class
    {
        using var reader = XmlReader.Create(new MemoryStream(request.Body));
        Assert.True(reader.ReadToFollowing("Body", envelope));
        while (reader.Read() && reader.NodeType != XmlNodeType.Element)
        {
            // White space before the wrapper.
        }

        var read = operation.ReadRequest(reader, TimeZoneInfo.Utc);
        Assert.True(read.Succeeded, $"{read.Refusal}");
        return read.Value;
    }

    static string Envelope(string ns, string body) => $"<e:Envelope xmlns:e=\"{ns}\"><e:Body>{body}</e:Body></e:Envelope>";
}

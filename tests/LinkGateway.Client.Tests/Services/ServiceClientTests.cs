using System.Text;
using System.Xml.Linq;
using LinkGateway.Client.Batch;
using LinkGateway.Client.Connections;
using LinkGateway.Client.Gateway;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Errors;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Testing.Http;

namespace LinkGateway.Client.Services;

/// <summary>Calls to a gateway that a test plays over bare sockets.</summary>
public sealed class ServiceClientTests
{
    const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";
    const string Xml = "Content-Type: text/xml; charset=utf-8\r\n";
    const string Refusing = Xml + "LinkGateway-Fault: LG-6008\r\nRetry-After: 7\r\n";

    static readonly XNamespace H = "urn:houses";
    static readonly XNamespace Wsa = AddressingHeaders.Namespace;
    static readonly string House = Envelope("<h:House xmlns:h=\"urn:houses\"><h:location>髙砂</h:location></h:House>");

    static readonly string NotFound = Envelope("<e:Fault><faultcode>e:Client</faultcode><faultstring>no such house</faultstring>"
        + "<detail><h:houseFault xmlns:h=\"urn:houses\"><h:code>NotFound</h:code></h:houseFault></detail></e:Fault>");

    [Theory]
    [InlineData(SoapVersion.Soap11, Soap11)]
    [InlineData(SoapVersion.Soap12, Soap12)]
    public async Task A_call_goes_to_organisation_and_service_and_is_answered(SoapVersion version, string soap)
    {
        await using var gateway = RawReceiver.Answering(House.Replace(Soap11, soap, StringComparison.Ordinal),
            more: soap == Soap11 ? Xml : "Content-Type: application/soap+xml; charset=utf-8\r\n");
        using var http = Connect(gateway);

        await using var answer = await ClientOf(http, gateway).CallAsync(Question with { Version = version }, default);

        Assert.IsType<ServiceOutcome.Answered>(answer.Outcome);
        Assert.Equal("髙砂", answer.Body.Element(H + "location")!.Value);
        var request = Assert.Single(gateway.Requests);
        Assert.Equal("/services/142051/HouseLookup", request.Path);
        Assert.Equal(soap == Soap11 ? "\"urn:houses/GetHouse\"" : null, request["SOAPAction"]);
        Assert.StartsWith(soap == Soap11 ? "text/xml" : "application/soap+xml", request["Content-Type"], StringComparison.Ordinal);
        var envelope = XDocument.Parse(request.Text);
        Assert.Equal(XName.Get("Envelope", soap), envelope.Root!.Name);
        Assert.Equal("101番の2", envelope.Descendants(H + "houseNumber").Single().Value);
        Assert.Equal("urn:houses/GetHouse", envelope.Descendants(Wsa + "Action").Single().Value);
        Assert.Equal(answer.MessageId, envelope.Descendants(Wsa + "MessageID").Single().Value);
    }

    [Fact]
    public async Task Every_call_made_has_an_id_of_its_own_and_one_sent_again_the_same()
    {
        await using var gateway = RawReceiver.Answering(House);
        using var http = Connect(gateway);
        var client = ClientOf(http, gateway);
        var call = Question;

        await using var first = await client.CallAsync(call, default);
        await using var again = await client.CallAsync(call, default);
        await using var other = await client.CallAsync(Question, default);

        Assert.Equal(first.MessageId, again.MessageId);
        Assert.NotEqual(first.MessageId, other.MessageId);
    }

    [Fact]
    public async Task Without_an_id_the_message_has_no_headers()
    {
        await using var gateway = RawReceiver.Answering(House);
        using var http = Connect(gateway);

        await using var answer = await ClientOf(http, gateway).CallAsync(Question with { MessageId = null }, default);

        Assert.Null(answer.MessageId);
        Assert.DoesNotContain("Header", Assert.Single(gateway.Requests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receivers_fault_is_told_with_its_detail()
    {
        await using var gateway = RawReceiver.Answering(NotFound, "500 Internal Server Error");
        using var http = Connect(gateway);

        await using var answer = await ClientOf(http, gateway).CallAsync(Question, default);

        var fault = Assert.IsType<ServiceOutcome.ReceiverFault>(answer.Outcome);
        Assert.Equal("NotFound", fault.Detail!.Element(H + "code")!.Value);
        Assert.Equal("no such house", fault.Reason);
        Assert.True(fault.MaybeCarriedOut);
        Assert.Contains("no such house", Assert.Throws<InvalidOperationException>(() => answer.Body).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LG-3002", "Client", FaultSide.Sender, false, false)]
    [InlineData("LG-5001", "Server", FaultSide.Gateway, true, false)]
    [InlineData("LG-6006", "Server", FaultSide.Receiver, true, false)]
    [InlineData("LG-5003", "Server", FaultSide.Gateway, true, true)]
    [InlineData("LG-6009", "Server", FaultSide.Receiver, true, true)]
    [InlineData("LG-6010", "Server", FaultSide.Receiver, true, true)]
    [InlineData("LG-6011", "Server", FaultSide.Receiver, true, true)]
    [InlineData("LG-6999", "Server", FaultSide.Receiver, true, true)]
    public async Task A_gateways_fault_tells_code_text_side_and_whether_the_call_may_have_been_carried_out(
        string code, string soapCode, FaultSide side, bool temporary, bool maybe)
    {
        await using var gateway = RawReceiver.Answering(GatewayFault(code, soapCode), "500 Internal Server Error",
            $"{Xml}LinkGateway-Fault: {code}\r\n");
        using var http = Connect(gateway);

        await using var answer = await ClientOf(http, gateway).CallAsync(Question, default);

        Assert.Equal(new ServiceOutcome.Refused(code, "It is so.", side, null), answer.Outcome);
        Assert.Equal((temporary, maybe), (answer.Outcome.IsTemporary, answer.Outcome.MaybeCarriedOut));
    }

    [Fact]
    public async Task When_to_try_again_is_told()
    {
        await using var gateway = RawReceiver.Answering(GatewayFault("LG-6008"), "500 Internal Server Error", Refusing);
        using var http = Connect(gateway);

        await using var answer = await ClientOf(http, gateway).CallAsync(Question, default);

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<ServiceOutcome.Refused>(answer.Outcome).RetryAfter);
    }

    [Fact]
    public async Task A_receiver_that_writes_as_a_gateway_is_still_the_receiver()
    {
        await using var gateway = RawReceiver.Answering(GatewayFault("LG-6006"), "500 Internal Server Error");
        using var http = Connect(gateway);

        await using var answer = await ClientOf(http, gateway).CallAsync(Question, default);

        Assert.IsType<ServiceOutcome.ReceiverFault>(answer.Outcome);
    }

    [Theory]
    [InlineData("401 Unauthorized", "LG-3005", false)]
    [InlineData("404 Not Found", "", false)]
    [InlineData("503 Service Unavailable", null, true)]
    [InlineData("200 OK", null, true)]
    public async Task An_answer_that_is_no_SOAP_is_never_taken_for_one(string status, string? code, bool maybe)
    {
        await using var gateway = RawReceiver.Answering("<html/>", status, "Content-Type: text/html\r\n");
        using var http = Connect(gateway);

        await using var answer = await ClientOf(http, gateway).CallAsync(Question, default);

        Assert.Equal(code, (answer.Outcome as ServiceOutcome.Refused)?.Code);
        Assert.Equal(code is null, answer.Outcome is ServiceOutcome.InDoubt);
        Assert.Equal(maybe, answer.Outcome.MaybeCarriedOut);
    }

    [Fact]
    public async Task A_closed_port_means_unreachable()
    {
        using var http = new HttpClient();
        var client = new ServiceClient(http, new Uri($"http://127.0.0.1:{ClosedPort.Number}"));

        await using var answer = await client.CallAsync(Question, default);

        Assert.IsType<ServiceOutcome.Unreachable>(answer.Outcome);
        Assert.False(answer.Outcome.MaybeCarriedOut);
    }

    [Fact]
    public async Task A_lost_answer_means_in_doubt_and_the_call_is_not_sent_again_even_over_a_used_connection()
    {
        var answers = new Queue<byte[]?>([RawReceiver.Answer(House), null]);
        await using var gateway = new RawReceiver(_ => answers.Dequeue());
        using var http = Connect(gateway);
        var client = ClientOf(http, gateway);

        await using (var first = await client.CallAsync(Question, default))
            Assert.IsType<ServiceOutcome.Answered>(first.Outcome);
        await using var answer = await client.CallAsync(Question, default);

        Assert.IsType<ServiceOutcome.InDoubt>(answer.Outcome);
        Assert.Equal(2, gateway.Requests.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 500\r\n\r\n<half")]
    public async Task Silence_before_or_within_the_answer_means_in_doubt(string part)
    {
        await using var gateway = new RawReceiver(_ => Encoding.ASCII.GetBytes(part));
        using var http = Connect(gateway);
        var time = new ManualTime();
        var client = new ServiceClient(http, new Uri(gateway.Url, "/"), null, time);

        var call = client.CallAsync(Question, default).AsTask();
        await gateway.NextAsync();
        while (await Task.WhenAny(call, Task.Delay(1)) != call) time.Advance(new ServiceClientOptions().SilenceTimeout);
        await using var answer = await call;

        Assert.Contains(nameof(ServiceClientOptions.SilenceTimeout),
            Assert.IsType<ServiceOutcome.InDoubt>(answer.Outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_own_token_throws()
    {
        await using var gateway = new RawReceiver(_ => "HTTP/1.1 200 OK\r\n"u8.ToArray());
        using var http = Connect(gateway);
        using var stop = new CancellationTokenSource();

        var call = ClientOf(http, gateway).CallAsync(Question, stop.Token).AsTask();
        await gateway.NextAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task An_answer_beyond_the_limit_is_not_read()
    {
        await using var gateway = RawReceiver.Answering(House.Replace("髙砂", new string('x', 5000), StringComparison.Ordinal));
        using var http = Connect(gateway);

        await using var answer = await ClientOf(http, gateway, new() { AnswerBytes = 4096 }).CallAsync(Question, default);

        Assert.Contains("4096", Assert.IsType<ServiceOutcome.InDoubt>(answer.Outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachments_go_out_and_come_back_whole()
    {
        var (photo, plan) = (TempFolder.Bytes(3_000_000), new string('p', 100_000));
        await using var gateway = RawReceiver.Answering(Multipart(plan), more: MultipartType);
        using var http = Connect(gateway);
        var attached = new ServiceAttachment("photo 1@kaoku.example.jp", new MediaType("image", "jpeg"), UploadContent.From(photo));

        await using var answer = await ClientOf(http, gateway).CallAsync(Question with { Attachments = [attached] }, default);
        var received = new MemoryStream();
        var found = await answer.CopyAttachmentAsync("cid:plan%40zei.example.jp", received, default);
        var more = await answer.CopyAttachmentAsync("cid:none", Stream.Null, default);

        Assert.True(found);
        Assert.False(more);
        Assert.Equal(plan, Encoding.ASCII.GetString(received.ToArray()));
        Assert.Equal("cid:photo%201@kaoku.example.jp", attached.Reference);
        var request = Assert.Single(gateway.Requests);
        Assert.Equal("100-continue", request["Expect"]);
        Assert.Contains("Content-ID: <photo 1@kaoku.example.jp>", request.Text, StringComparison.Ordinal);
        Assert.True(request.Body.AsSpan().IndexOf(photo) > 0);
    }

    [Fact]
    public async Task An_attachment_that_breaks_off_is_never_taken_for_whole()
    {
        var whole = RawReceiver.Answer(Multipart(new string('p', 100_000)), more: MultipartType);
        await using var broken = new RawReceiver(_ => whole[..^50_000], closes: true);
        using var http = Connect(broken);
        await using var answer = await ClientOf(http, broken).CallAsync(Question, default);

        var copying = answer.CopyAttachmentAsync("cid:plan@zei.example.jp", new MemoryStream(), default).AsTask();

        Assert.IsType<ServiceOutcome.Answered>(answer.Outcome);
        await Assert.ThrowsAnyAsync<IOException>(() => copying);
    }

    [Fact]
    public async Task A_message_that_is_stored_is_told_by_its_transfer()
    {
        await using var gateway = RawReceiver.Answering("", "202 Accepted", "LinkGateway-Transfer-Id: urn%3Auuid%3A%E5%AE%B6\r\n");
        using var http = Connect(gateway);

        var outcome = await ClientOf(http, gateway).SendAsync(Question, default);

        Assert.Equal(new ServiceOutcome.Accepted("urn:uuid:家"), outcome);
    }

    [Fact]
    public async Task Where_the_reply_is_wanted_stands_in_an_asynchronous_message()
    {
        await using var gateway = RawReceiver.Answering("", "202 Accepted", "");
        using var http = Connect(gateway);

        await ClientOf(http, gateway).SendAsync(Question with { ReplyTo = new EndpointReference("urn:here") }, default);

        var envelope = XDocument.Parse(Assert.Single(gateway.Requests).Text);
        Assert.Equal("urn:here", envelope.Descendants(Wsa + "ReplyTo").Single().Element(Wsa + "Address")!.Value);
    }

    [Fact]
    public async Task A_message_is_sent_again_with_the_same_id_and_content_until_it_is_stored()
    {
        var answers = new Queue<byte[]?>([
            null,
            RawReceiver.Answer(GatewayFault("LG-5002"), "500 Internal Server Error", $"{Xml}LinkGateway-Fault: LG-5002\r\n"),
            RawReceiver.Answer("", "202 Accepted", "LinkGateway-Transfer-Id: t\r\n"),
        ]);
        await using var gateway = new RawReceiver(_ => answers.Dequeue());
        using var http = Connect(gateway);
        var call = Question with
        {
            Attachments = [new ServiceAttachment("a@b", new MediaType("image", "jpeg"), UploadContent.From("a photo"u8.ToArray()))],
        };

        var outcome = await ClientOf(http, gateway, Fast).SendAsync(call, default);

        Assert.Equal(new ServiceOutcome.Accepted("t"), outcome);
        Assert.Equal(3, gateway.Requests.Count);
        Assert.All(gateway.Requests, request =>
        {
            Assert.Contains(call.MessageId!, request.Text, StringComparison.Ordinal);
            Assert.Contains("a photo", request.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_message_without_an_id_is_not_sent_again_in_doubt()
    {
        await using var gateway = new RawReceiver(_ => null);
        using var http = Connect(gateway);

        var outcome = await ClientOf(http, gateway, Fast).SendAsync(Question with { MessageId = null }, default);

        Assert.IsType<ServiceOutcome.InDoubt>(outcome);
        Assert.Single(gateway.Requests);
    }

    [Theory]
    [InlineData("LG-3002", "Client", "")]
    [InlineData("LG-6008", "Server", "Retry-After: 3600\r\n")]
    public async Task A_message_that_is_refused_for_good_or_for_long_is_not_sent_again(string code, string soapCode, string more)
    {
        await using var gateway = RawReceiver.Answering(GatewayFault(code, soapCode), "500 Internal Server Error",
            $"{Xml}LinkGateway-Fault: {code}\r\n{more}");
        using var http = Connect(gateway);

        var outcome = await ClientOf(http, gateway, Fast).SendAsync(Question, default);

        Assert.Equal(code, Assert.IsType<ServiceOutcome.Refused>(outcome).Code);
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public async Task Sending_again_ends()
    {
        using var http = new HttpClient();
        var client = new ServiceClient(http, new Uri($"http://127.0.0.1:{ClosedPort.Number}"), Fast);

        Assert.IsType<ServiceOutcome.Unreachable>(await client.SendAsync(Question, default));
    }

    [Fact]
    public async Task The_gateways_texts_are_asked_for_in_the_language_of_the_options()
    {
        await using var gateway = RawReceiver.Answering(House);
        using var http = Connect(gateway);

        await using var answer = await ClientOf(http, gateway, new() { Language = "ja" }).CallAsync(Question, default);

        Assert.Equal("ja", Assert.Single(gateway.Requests)["Accept-Language"]);
    }

    static ServiceClientOptions Fast => new()
    {
        Retries = new RetryOptions { MaxTries = 4, FirstDelay = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromSeconds(1) },
    };

    static ServiceCall Question => new()
    {
        Organisation = "142051",
        Service = "HouseLookup",
        Action = "urn:houses/GetHouse",
        Body = new XElement(H + "GetHouse", new XElement(H + "houseNumber", "101番の2")).WriteTo,
    };

    static string MultipartType => "Content-Type: multipart/related; boundary=\"b\"; type=\"text/xml\"\r\n";

    static HttpClient Connect(RawReceiver gateway) => GatewayConnections.Create(gateway.Url, new ConnectionOptions());

    static ServiceClient ClientOf(HttpClient http, RawReceiver gateway, ServiceClientOptions? options = null) =>
        new(http, new Uri(gateway.Url, "/"), options);

    static string Envelope(string body) => $"<e:Envelope xmlns:e=\"{Soap11}\"><e:Body>{body}</e:Body></e:Envelope>";

    static string GatewayFault(string code, string soapCode = "Server") => Envelope(
        $"<e:Fault><faultcode>e:{soapCode}</faultcode><faultstring>{code}: It is so.</faultstring><detail>"
        + "<lg:gatewayFault xmlns:lg=\"http://linkgateway.example/fault/2026\">"
        + $"<lg:code>{code}</lg:code><lg:text>It is so.</lg:text></lg:gatewayFault></detail></e:Fault>");

    static string Multipart(string plan) =>
        $"--b\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n{House}\r\n--b\r\nContent-Type: application/pdf\r\n"
        + $"Content-ID: <plan@zei.example.jp>\r\n\r\n{plan}\r\n--b--\r\n";
}

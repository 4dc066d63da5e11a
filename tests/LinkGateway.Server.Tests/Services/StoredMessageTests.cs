using System.Text.Json.Nodes;
using System.Xml.Linq;
using LinkGateway.Contract.Messages;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;
using static LinkGateway.Server.Tests.Services.RelayWorld;

namespace LinkGateway.Server.Tests.Services;

/// <summary>One-way and asynchronous messages: stored, answered, delivered, replied to.</summary>
public sealed class StoredMessageTests
{
    const int IdMissing = 607;
    const string MessageId = "urn:uuid:11111111-1111-4111-8111-111111111111";
    static readonly XNamespace Wsa = "http://www.w3.org/2005/08/addressing";

    [Fact]
    public async Task A_one_way_message_is_answered_empty_when_it_is_durable_and_delivered_as_it_came()
    {
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url);

        var answer = await world.PostAsync(Report, VacantHousePath, "SOAPAction: \"urn:register\"\r\n", "text/xml;charset=UTF-8");

        Assert.Equal(202, answer.Status);
        Assert.Equal("", answer.Text);
        Assert.Equal(Uri.EscapeDataString(MessageId), answer["LinkGateway-Transfer-Id"]);
        var delivered = await receiver.NextAsync();
        Assert.Equal(Report, delivered.Text);
        Assert.Equal("text/xml;charset=UTF-8", delivered["Content-Type"]);
        Assert.Equal("\"urn:register\"", delivered["SOAPAction"]);
        Assert.Equal(MessageId, delivered["LinkGateway-Message-Id"]);
        Assert.Equal(["accepted", "delivered"], await ReceiptsAsync(world, 2));
    }

    [Fact]
    public async Task The_same_message_again_is_answered_again_and_delivered_once()
    {
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url);

        await world.PostAsync(Report, VacantHousePath);
        await receiver.NextAsync();
        await ReceiptsAsync(world, 2);
        var again = await world.PostAsync(Report, VacantHousePath);
        var other = await world.PostAsync(Report.Replace("R-1", "R-2", StringComparison.Ordinal), VacantHousePath);

        Assert.Equal(202, again.Status);
        Assert.Equal("LG-2002", CodeOf(other));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Without_a_message_id_one_is_made_and_the_partner_named_once_in_the_log()
    {
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url);
        var report = XDocument.Parse(Report);
        report.Descendants(Wsa + "MessageID").Single().Remove();

        var first = await world.PostAsync(report.ToString(SaveOptions.DisableFormatting), VacantHousePath);
        var second = await world.PostAsync(report.ToString(SaveOptions.DisableFormatting), VacantHousePath);
        await receiver.NextAsync();
        await receiver.NextAsync();

        Assert.NotEqual(first["LinkGateway-Transfer-Id"], second["LinkGateway-Transfer-Id"]);
        Assert.Contains("kaoku", Assert.Single(world.Gateway.Log.Texts(IdMissing)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_is_in_trouble_gets_the_message_again()
    {
        var calls = 0;
        await using var receiver = new RawReceiver(_ => Interlocked.Increment(ref calls) switch
        {
            1 => null,
            2 => RawReceiver.Answer("busy", "503 Service Unavailable", "Content-Type: text/plain\r\n"),
            3 => RawReceiver.Answer(
                Envelope("<e:Fault><faultcode>e:Server</faultcode><faultstring>x</faultstring></e:Fault>"), "500 Error"),
            _ => RawReceiver.Answer("", "202 Accepted"),
        });
        await using var world = await StartAsync(receiver.Url);

        await world.PostAsync(Report, VacantHousePath);
        Assert.Equal(["accepted", "delivered"], await ReceiptsAsync(world, 2));

        Assert.Equal(4, receiver.Requests.Count);
        Assert.All(receiver.Requests, request => Assert.Equal(Report, request.Text));
    }

    [Fact]
    public async Task A_message_that_its_receiver_refuses_is_not_sent_again()
    {
        await using var receiver = RawReceiver.Answering(
            Envelope("<e:Fault><faultcode>e:Client</faultcode><faultstring>名前 secret</faultstring></e:Fault>"), "500 Error");
        await using var world = await StartAsync(receiver.Url);

        await world.PostAsync(Report, VacantHousePath);
        await world.Gateway.Log.WaitForAsync(501);

        var told = Assert.Single(world.Gateway.Log.Texts(501));
        Assert.Contains("Failed", told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task A_receiver_that_gets_messages_at_most_once_does_not_get_one_again_whose_fate_is_not_known()
    {
        await using var receiver = RawReceiver.Answering(
            Envelope("<e:Fault><faultcode>e:Server</faultcode><faultstring>after the row was written</faultstring></e:Fault>"),
            "500 Error");
        await using var world = await StartAsync(receiver.Url, json => json["destinations"]![1]!["atMostOnce"] = true);

        await world.PostAsync(Report, VacantHousePath);
        await world.Gateway.Log.WaitForAsync(501);

        Assert.Contains("Held", Assert.Single(world.Gateway.Log.Texts(501)), StringComparison.Ordinal);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task What_stands_in_a_success_answer_to_a_one_way_message_is_of_no_account()
    {
        await using var receiver = RawReceiver.Answering("<ok/>");
        await using var world = await StartAsync(receiver.Url);

        await world.PostAsync(Report, VacantHousePath);

        Assert.Equal(["accepted", "delivered"], await ReceiptsAsync(world, 2));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task A_page_of_a_proxy_before_the_next_gateway_is_not_taken_for_its_acceptance()
    {
        await using var proxy = RawReceiver.Answering("<html>maintenance</html>", more: "Content-Type: text/html\r\n");
        await using var world = await StartAsync(proxy.Url, json =>
        {
            json["receipts"] = JsonNode.Parse("""{ "trust": [{ "gateway": "gw-far", "certificates": ["juki.cer"] }] }""");
            Add(json, "destinations", $$"""
                { "id": "far", "kind": "gateway", "url": "{{proxy.Url}}", "gateway": "gw-far",
                  "credentials": { "basic": { "user": "near", "password": "file:password" } } }
                """);
            json["routes"]![2]!["destination"] = "far";
        });

        await world.PostAsync(Report, VacantHousePath);
        await world.Gateway.Log.WaitForAsync(501, times: 2);

        Assert.All(world.Gateway.Log.Texts(501).Take(2), text => Assert.Contains("InDoubt", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_is_delivered_after_a_restart()
    {
        using var folder = new GatewayFolder();
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        var closed = new Uri("http://127.0.0.1:9/");
        folder.Configure(json =>
        {
            Configure(json, closed);
            // However long the first gateway runs, its attempts are not used up.
            json["routes"]![2]!["retry"]!.AsObject().Remove("attempts");
        });
        await using (var world = await InFolderAsync(folder))
            Assert.Equal(202, (await world.PostAsync(Report, VacantHousePath)).Status);

        folder.Configure(json => Configure(json, receiver.Url));
        await using (await InFolderAsync(folder))
            Assert.Equal(Report, (await receiver.NextAsync()).Text);
    }

    [Fact]
    public async Task A_message_with_attachments_is_delivered_byte_for_byte_and_one_that_breaks_off_never()
    {
        var photo = new string('p', 3_000_000);
        var body = $"--b\r\nContent-Type: text/xml\r\n\r\n{Report}\r\n--b\r\nContent-ID: <photo>\r\n\r\n{photo}\r\n--b--\r\n";
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url);

        var whole = await world.PostAsync(body, VacantHousePath, contentType: "multipart/related; boundary=b; type=\"text/xml\"");
        var broken = await world.PostAsync(
            body.Replace(MessageId, MessageId + "2", StringComparison.Ordinal).Replace("--b--", "--b", StringComparison.Ordinal),
            VacantHousePath, contentType: "multipart/related; boundary=b; type=\"text/xml\"");

        Assert.Equal(202, whole.Status);
        Assert.Equal("LG-1007", CodeOf(broken));
        Assert.Equal(body, (await receiver.NextAsync()).Text);
        await ReceiptsAsync(world, 2);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task An_asynchronous_call_is_replied_to_through_the_gateway_at_the_callers_callback()
    {
        await using var callback = RawReceiver.Answering("", "202 Accepted");
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url, json => WithCallback(json, callback.Url));
        var request = Asynchronous("http://kaoku.example/replies?secret=1");

        Assert.Equal(202, (await world.PostAsync(request)).Status);
        var delivered = XDocument.Parse((await receiver.NextAsync()).Text);
        var replyTo = new Uri(delivered.Descendants(Wsa + "ReplyTo").Single().Element(Wsa + "Address")!.Value);
        Assert.Equal("gw.example", replyTo.Host);
        var reply = Envelope($"<r:GetResidentResponse xmlns:r=\"{Resident}\"/>", Addressing("urn:reply:1", relatesTo: "urn:call:1"));
        var taken = await world.PostAsync(reply, replyTo.AbsolutePath, credentials: BasicOf("akiya"));

        Assert.Equal(202, taken.Status);
        Assert.Equal(reply, (await callback.NextAsync()).Text);
        var expected = request.Replace("http://kaoku.example/replies?secret=1", replyTo.ToString(), StringComparison.Ordinal);
        Assert.Equal(expected, receiver.Requests[0].Text);
    }

    [Fact]
    public async Task Only_the_receiver_of_a_message_may_reply_to_it_and_only_with_its_RelatesTo()
    {
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url, json => WithCallback(json, receiver.Url));
        await world.PostAsync(Asynchronous("http://kaoku.example/replies"));
        var delivered = XDocument.Parse((await receiver.NextAsync()).Text);
        var path = new Uri(delivered.Descendants(Wsa + "ReplyTo").Single().Element(Wsa + "Address")!.Value).AbsolutePath;
        string Reply(string relatesTo) => Envelope("<a xmlns=\"urn:a\"/>", Addressing("urn:reply:1", relatesTo: relatesTo));

        Assert.Equal("LG-3006", CodeOf(await world.PostAsync(Reply("urn:call:1"), path, credentials: BasicOf("koseki"))));
        Assert.Equal("LG-3006", CodeOf(await world.PostAsync(Reply("urn:call:2"), path, credentials: BasicOf("akiya"))));
        Assert.Equal("LG-3006", CodeOf(await world.PostAsync(Reply("urn:call:1"), "/callbacks/nonsense", credentials: BasicOf("akiya"))));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task A_reply_address_is_refused_where_no_reply_could_be_brought_back()
    {
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url);

        Assert.Equal("LG-1011", CodeOf(await world.PostAsync(Asynchronous("http://kaoku.example/replies"))));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_signature_over_the_reply_address_is_not_broken_but_refused()
    {
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url, json => WithCallback(json, receiver.Url));
        var signed = Asynchronous("http://kaoku.example/replies").Replace("<e:Header>", "<e:Header>" + Signature, StringComparison.Ordinal);

        Assert.Equal("LG-1010", CodeOf(await world.PostAsync(signed)));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_one_way_message_that_asks_for_a_reply_is_refused_at_once_where_its_signature_forbids_it()
    {
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url, json => WithCallback(json, receiver.Url));
        var signed = Report.Replace("<e:Header>", "<e:Header>" + Signature
            + $"<w:FaultTo xmlns:w=\"{Wsa}\"><w:Address>http://kaoku.example/faults</w:Address></w:FaultTo>", StringComparison.Ordinal);

        Assert.Equal("LG-1010", CodeOf(await world.PostAsync(signed, VacantHousePath)));
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData("http://schemas.xmlsoap.org/ws/2004/08/addressing", "")]
    [InlineData("http://www.w3.org/2005/08/addressing", "urn:somebody-else")]
    public async Task An_address_by_which_an_answer_could_go_past_the_gateway_is_refused(string ns, string actor)
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url, json => WithCallback(json, receiver.Url));
        var request = Request.Replace("<e:Body>",
            $"<e:Header><w:ReplyTo xmlns:w=\"{ns}\" e:actor=\"{actor}\">"
            + "<w:Address>http://10.0.0.5/</w:Address></w:ReplyTo></e:Header><e:Body>",
            StringComparison.Ordinal);

        Assert.Equal("LG-1011", CodeOf(await world.PostAsync(request)));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_reply_is_held_to_the_contract_as_the_route_says()
    {
        await using var callback = RawReceiver.Answering("", "202 Accepted");
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var world = await StartAsync(receiver.Url, json =>
        {
            WithCallback(json, callback.Url);
            json["routes"]![1]!["validation"] = new JsonObject { ["response"] = "enforce" };
        });
        await world.PostAsync(Asynchronous("http://kaoku.example/replies"));
        var delivered = XDocument.Parse((await receiver.NextAsync()).Text);
        var path = new Uri(delivered.Descendants(Wsa + "ReplyTo").Single().Element(Wsa + "Address")!.Value).AbsolutePath;
        var header = $"<e:Header>{Addressing("urn:reply:1", relatesTo: "urn:call:1")}</e:Header><e:Body>";
        var reply = Answer.Replace("<e:Body>", header, StringComparison.Ordinal);

        var bad = await world.PostAsync(reply.Replace("1970-01-01", "1970", StringComparison.Ordinal), path, credentials: BasicOf("akiya"));
        var good = await world.PostAsync(reply, path, credentials: BasicOf("akiya"));

        Assert.Equal("LG-1008", CodeOf(bad));
        Assert.Equal(202, good.Status);
        Assert.Equal(reply, (await callback.NextAsync()).Text);
    }

    const string Signature =
        "<s:Security xmlns:s=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd\">"
        + "<d:Signature xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"><d:SignedInfo><d:Reference URI=\"\"/></d:SignedInfo></d:Signature>"
        + "</s:Security>";

    static async Task<RelayWorld> InFolderAsync(GatewayFolder folder) => new(await TestGateway.StartInAsync(folder));

    static void WithCallback(JsonNode json, Uri callback)
    {
        json["gateway"]!["publicUrl"] = "https://gw.example:8443";
        json["participants"]![0]!["callback"] = "kaoku-callback";
        Add(json, "destinations", $$"""{ "id": "kaoku-callback", "kind": "service", "url": "{{callback}}" }""");
        // akiya, who has a password, takes the part of juki.
        json["routes"]![1]!["receiver"] = "akiya";
    }

    static string Asynchronous(string replyTo) => Request.Replace("<e:Body>",
        $"<e:Header>{Addressing("urn:call:1", replyTo)}</e:Header><e:Body>", StringComparison.Ordinal);

    static string Addressing(string id, string? replyTo = null, string? relatesTo = null) =>
        $"<w:MessageID xmlns:w=\"{Wsa}\">{id}</w:MessageID>"
        + (replyTo is null ? "" : $"<w:ReplyTo xmlns:w=\"{Wsa}\"><w:Address>{replyTo}</w:Address></w:ReplyTo>")
        + (relatesTo is null ? "" : $"<w:RelatesTo xmlns:w=\"{Wsa}\">{relatesTo}</w:RelatesTo>");

    /// <summary>Waits until the origin has so many receipts of the report; only a hanging test meets the time-out.</summary>
    static async Task<IReadOnlyList<string>> ReceiptsAsync(RelayWorld world, int count)
    {
        var client = world.Gateway.As("kaoku");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var answer = await client.GetReceiptsAsync(
                new GetReceiptsRequest { Transfer = new TransferReference { TransferId = MessageId } }, patience.Token);
            if (answer.Value is { } result && result.Receipts.Count >= count)
                return [.. result.Receipts.Select(receipt => receipt.Kind)];
            await Task.Delay(50, patience.Token);
        }
    }
}

using System.Text.Json.Nodes;
using System.Xml.Linq;
using LinkGateway.Contract.Messages;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;
using static LinkGateway.Server.Tests.Services.RelayWorld;

namespace LinkGateway.Server.Tests.Services;

/// <summary>Calls and messages over two gateways: the receiver is known to the far one only.</summary>
public sealed class TwoGatewayTests
{
    const string Far = "gw-far";
    const string Near = "gw-test";
    static readonly XNamespace Wsa = "http://www.w3.org/2005/08/addressing";

    [Fact]
    public async Task A_call_passes_both_gateways_unchanged_and_only_gateways_say_who_it_comes_from()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var worlds = await StartAsync(receiver.Url);

        var answer = await worlds.Near.PostAsync(Request);
        var pretended = await worlds.Far.PostAsync(
            Request, more: "SOAPAction: \"\"\r\nLinkGateway-Origin: kaoku\r\n", credentials: BasicOf("koseki"));

        Assert.Equal(Answer, answer.Text);
        var passed = Assert.Single(receiver.Requests);
        Assert.Equal(Request, passed.Text);
        Assert.Equal("kaoku", passed["LinkGateway-Origin"]);
        Assert.Equal(answer["LinkGateway-Message-Id"], passed["LinkGateway-Message-Id"]);
        Assert.Equal("LG-3002", CodeOf(pretended));
    }

    [Fact]
    public async Task The_far_gateways_refusal_comes_back_with_its_own_code_and_address()
    {
        await using var worlds = await StartAsync(new Uri("http://127.0.0.1:9/"));

        var answer = await worlds.Near.PostAsync(Request);

        Assert.Equal(500, answer.Status);
        Assert.Equal("LG-6006", CodeOf(answer));
        Assert.Contains($"https://far.example:8443{ResidentPath}", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_goes_round_in_a_circle_is_refused()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var worlds = await StartAsync(receiver.Url);

        var answer = await worlds.Far.PostAsync(Request,
            more: $"SOAPAction: \"\"\r\nLinkGateway-Origin: kaoku\r\nLinkGateway-Hops: {Far}, gw-x\r\n", credentials: BasicOf("near"));

        Assert.Equal("LG-3004", CodeOf(answer));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_one_way_message_passes_both_gateways_and_the_far_ones_delivered_receipt_comes_back()
    {
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var worlds = await StartAsync(receiver.Url);

        Assert.Equal(202, (await worlds.Near.PostAsync(Report, VacantHousePath)).Status);

        var delivered = await worlds.ReceiptAsync("delivered");
        Assert.Equal(Far, delivered.Issuer);
        Assert.Equal("akiya", delivered.Receiver);
        Assert.Equal(Report, Assert.Single(receiver.Requests).Text);
    }

    [Fact]
    public async Task A_reply_finds_its_way_back_over_both_gateways()
    {
        await using var callback = RawReceiver.Answering("", "202 Accepted");
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var worlds = await StartAsync(receiver.Url, callback.Url);
        var request = Request.Replace("<e:Body>", $"<e:Header><w:MessageID xmlns:w=\"{Wsa}\">urn:call:1</w:MessageID>"
            + $"<w:ReplyTo xmlns:w=\"{Wsa}\"><w:Address>http://kaoku.example/replies</w:Address></w:ReplyTo></e:Header><e:Body>",
            StringComparison.Ordinal);

        Assert.Equal(202, (await worlds.Near.PostAsync(request)).Status);
        var delivered = XDocument.Parse((await receiver.NextAsync()).Text);
        var replyTo = new Uri(delivered.Descendants(Wsa + "Address").Single().Value);
        Assert.Equal("far.example", replyTo.Host);
        var reply = Envelope("<a xmlns=\"urn:a\"/>", $"<w:MessageID xmlns:w=\"{Wsa}\">urn:reply:1</w:MessageID>"
            + $"<w:RelatesTo xmlns:w=\"{Wsa}\">urn:call:1</w:RelatesTo>");
        Assert.Equal(202, (await worlds.Far.PostAsync(reply, replyTo.AbsolutePath, credentials: BasicOf("akiya"))).Status);

        Assert.Equal(reply, (await callback.NextAsync()).Text);
    }

    [Fact]
    public async Task A_far_gateway_that_replies_could_not_come_to_says_so_and_the_message_waits_for_its_operator()
    {
        await using var receiver = RawReceiver.Answering("", "202 Accepted");
        await using var worlds = await StartAsync(receiver.Url, receiver.Url, json => json["gateway"]!.AsObject().Remove("publicUrl"));
        var request = Request.Replace("<e:Body>", $"<e:Header><w:MessageID xmlns:w=\"{Wsa}\">urn:call:1</w:MessageID>"
            + $"<w:ReplyTo xmlns:w=\"{Wsa}\"><w:Address>http://kaoku.example/replies</w:Address></w:ReplyTo></e:Header><e:Body>",
            StringComparison.Ordinal);

        Assert.Equal(202, (await worlds.Near.PostAsync(request)).Status);
        await worlds.Near.Gateway.Log.WaitForAsync(501);

        Assert.Contains(worlds.Near.Gateway.Log.Texts(501), text => text.Contains("publicUrl", StringComparison.Ordinal));
        Assert.Empty(receiver.Requests);
    }

    static async Task<Worlds> StartAsync(Uri receiver, Uri? callback = null, Action<JsonNode>? changeFar = null)
    {
        var far = await RelayWorld.StartAsync(receiver, json =>
        {
            ConfigureFar(json, null);
            changeFar?.Invoke(json);
        });
        var near = await RelayWorld.StartAsync(receiver, json => ConfigureNear(json, far.Gateway, callback));
        far.Gateway.Folder.Configure(json =>
        {
            Configure(json, receiver);
            ConfigureFar(json, near.Gateway);
            changeFar?.Invoke(json);
        });
        var reloaded = far.Gateway.Host.Reload();
        Assert.Empty(reloaded.Errors);
        return new Worlds(near, far);
    }

    static void ConfigureFar(JsonNode json, TestGateway? near)
    {
        json["gateway"]!["id"] = Far;
        json["gateway"]!["publicUrl"] = "https://far.example:8443";
        json["routes"]![1]!["receiver"] = "akiya";
        if (near is null) return;
        json["participants"]!.AsArray().Add(JsonNode.Parse($$"""
            { "id": "{{Near}}", "kind": "gateway", "mayForwardFor": ["kaoku"],
              "credentials": { "basic": { "user": "near", "password": "file:password" } } }
            """));
        json["receipts"] = Trust(Near, near);
        Add(json, "destinations", Gateway("near", near, Near, "far"));
    }

    static void ConfigureNear(JsonNode json, TestGateway far, Uri? callback)
    {
        json["receipts"] = Trust(Far, far);
        Add(json, "destinations", Gateway("far", far, Far, "near"));
        json["routes"]![1]!["receiver"] = "akiya";
        json["routes"]![1]!["destination"] = "far";
        json["routes"]![2]!["destination"] = "far";
        if (callback is null) return;
        json["gateway"]!["publicUrl"] = "https://gw.example:8443";
        json["participants"]!.AsArray().Add(JsonNode.Parse($$"""
            { "id": "{{Far}}", "kind": "gateway", "mayForwardFor": ["akiya"],
              "credentials": { "basic": { "user": "far", "password": "file:password" } } }
            """));
        json["participants"]![0]!["callback"] = "kaoku-callback";
        Add(json, "destinations", $$"""{ "id": "kaoku-callback", "kind": "service", "url": "{{callback}}" }""");
    }

    static string Gateway(string id, TestGateway gateway, string gatewayId, string user) => new JsonObject
    {
        ["id"] = id,
        ["kind"] = "gateway",
        ["url"] = gateway.Address.ToString(),
        ["gateway"] = gatewayId,
        ["credentials"] = new JsonObject { ["basic"] = new JsonObject { ["user"] = user, ["password"] = "file:password" } },
        ["trustedCertificates"] = new JsonArray(Path.Combine(gateway.Folder.Data, "keys", "tls.cer")),
    }.ToJsonString();

    static JsonObject Trust(string gateway, TestGateway whose) => new()
    {
        ["trust"] = new JsonArray(new JsonObject
        {
            ["gateway"] = gateway,
            ["certificates"] = new JsonArray(Path.Combine(whose.Folder.Data, "keys", "receipt.cer")),
        }),
    };

    sealed record Worlds(RelayWorld Near, RelayWorld Far) : IAsyncDisposable
    {
        public async Task<ReceiptEntry> ReceiptAsync(string kind)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            var kaoku = Near.Gateway.As("kaoku");
            string? cursor = null;
            while (true)
            {
                var answer = await kaoku.GetReceiptsSinceAsync(
                    new GetReceiptsSinceRequest { Cursor = cursor, WaitSeconds = 30 }, patience.Token);
                Assert.True(answer.Answered, answer.Reason);
                if (answer.Value.Receipts.FirstOrDefault(receipt => receipt.Kind == kind) is { } found)
                    return found;
                cursor = answer.Value.Cursor;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Near.DisposeAsync();
            await Far.DisposeAsync();
        }
    }
}

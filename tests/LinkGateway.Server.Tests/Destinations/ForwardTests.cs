using System.Text.Json.Nodes;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Messages;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Destinations;

/// <summary>A gateway that forwards to another, both in this process.</summary>
public sealed class ForwardTests
{
    const string Far = "gw-far";

    [Fact]
    public async Task A_file_crosses_two_gateways_and_the_delivered_receipt_of_the_far_one_comes_back()
    {
        await using var far = await TestGateway.StartAsync(json => json["gateway"]!["id"] = Far);
        await using var near = await TestGateway.StartAsync(json => ForwardTo(json, far, "file:password"));
        far.Folder.Configure(json => TakeFrom(json, near));
        Assert.True(far.Host.Reload().Succeeded);
        var content = new byte[1_000_000];
        new Random(2).NextBytes(content);
        var kaoku = near.As("kaoku");

        Assert.True((await Files.SubmitAsync(kaoku, content, "t1")).Answered);

        var delivered = await ReceiptAsync(kaoku, "delivered");
        Assert.Equal(Far, delivered.Issuer);
        Assert.Equal("juki", delivered.Receiver);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(far.Folder.Root, "out", "kaoku.csv")));
    }

    [Fact]
    public async Task A_password_file_that_is_missing_holds_deliveries_back_until_it_is_there()
    {
        await using var far = await TestGateway.StartAsync(json => json["gateway"]!["id"] = Far);
        await using var near = await TestGateway.StartAsync(json => ForwardTo(json, far, "file:far-password"));
        far.Folder.Configure(json => TakeFrom(json, near));
        Assert.True(far.Host.Reload().Succeeded);
        var password = Path.Combine(near.Folder.Root, "far-password");
        var kaoku = near.As("kaoku");

        Assert.True((await Files.SubmitAsync(kaoku, new byte[1000], "t1")).Answered);
        await near.Log.WaitForAsync(DeliveryTroubled);
        Assert.Contains(near.Log.Texts(DeliveryTroubled), text => text.Contains(password, StringComparison.Ordinal));

        await File.WriteAllTextAsync(password, GatewayFolder.Password);
        Assert.Equal(Far, (await ReceiptAsync(kaoku, "delivered")).Issuer);
    }

    const int DeliveryTroubled = 501;

    static void ForwardTo(JsonNode json, TestGateway far, string password)
    {
        json["destinations"] = new JsonArray(new JsonObject
        {
            ["id"] = "far",
            ["kind"] = "gateway",
            ["url"] = far.Address.ToString(),
            ["gateway"] = Far,
            ["credentials"] = new JsonObject { ["basic"] = new JsonObject { ["user"] = "near", ["password"] = password } },
            ["trustedCertificates"] = new JsonArray(Path.Combine(far.Folder.Data, "keys", "tls.cer")),
        });
        json["routes"]![0]!["destination"] = "far";
        json["routes"]![0]!["retry"] = new JsonObject { ["firstDelay"] = "00:00:01" };
        json["receipts"] = Trust(Far, far);
    }

    static void TakeFrom(JsonNode json, TestGateway near)
    {
        json["gateway"]!["id"] = Far;
        json["participants"]!.AsArray().Add(JsonNode.Parse("""
            {
              "id": "gw-test", "kind": "gateway", "mayForwardFor": ["kaoku"],
              "credentials": { "basic": { "user": "near", "password": "file:password" } }
            }
            """));
        json["receipts"] = Trust("gw-test", near);
    }

    static JsonObject Trust(string gateway, TestGateway whose) => new()
    {
        ["trust"] = new JsonArray(new JsonObject
        {
            ["gateway"] = gateway,
            ["certificates"] = new JsonArray(Path.Combine(whose.Folder.Data, "keys", "receipt.cer")),
        }),
    };

    static async Task<ReceiptEntry> ReceiptAsync(BatchClient client, string kind)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        string? cursor = null;
        while (true)
        {
            var request = new GetReceiptsSinceRequest { Cursor = cursor, WaitSeconds = 30 };
            var answer = await client.GetReceiptsSinceAsync(request, patience.Token);
            Assert.True(answer.Answered, answer.Reason);
            if (answer.Value.Receipts.FirstOrDefault(receipt => receipt.Kind == kind) is { } found)
                return found;
            cursor = answer.Value.Cursor;
        }
    }
}

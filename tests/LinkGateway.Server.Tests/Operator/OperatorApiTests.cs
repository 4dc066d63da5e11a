using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LinkGateway.Client.Connections;
using LinkGateway.Client.Operator;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Operator;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Operator;

/// <summary>What an operator sees and orders, over TLS.</summary>
public sealed class OperatorApiTests
{
    static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Status_tells_who_the_gateway_is_and_where_it_listens()
    {
        await using var gateway = await OperatorDesk.StartAsync();

        var status = (await gateway.Operators().StatusAsync(None)).Answered();

        Assert.Equal(("gw-test", "test", false), (status.GatewayId, status.Environment, status.TestSeams));
        Assert.Equal(gateway.Host.Listeners, status.Listeners);
        Assert.Equal(gateway.Host.OperatorListeners, status.OperatorListeners);
        Assert.StartsWith("0.", status.Version, StringComparison.Ordinal);
        Assert.Empty(status.Deliveries);
        Assert.Equal("normal", status.Dispatch!.Mode);
        var first = status.Dispatch.Classes[0];
        Assert.Equal(("life", 0, 0), (first.Name, first.Waiting, first.Running));
    }

    [Fact]
    public async Task A_delivery_that_is_held_is_found_mended_and_released()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        var client = gateway.Operators();
        var held = await HeldAsync(gateway, client);

        var details = (await client.DeliveryAsync(held.DeliveryId, None)).Answered();
        Assert.Equal(("t1", "juki", "LG-6003"), (details.Transfer.TransferId, details.Delivery.Receiver, details.Delivery.ReasonCode));
        Assert.Equal([OrderKind.Release, OrderKind.Cancel], details.Possible);
        Assert.Equal("accepted", Assert.Single(details.Receipts).Kind);
        File.Delete(Path.Combine(gateway.Folder.Root, "out", "kaoku.csv"));
        var released = (await client.GiveAsync(OrderKind.Release, held.DeliveryId, "file moved away", false, None)).Answered();
        Assert.Equal(("Held", "Waiting"), (released.From, released.Delivery.State));

        await UntilAsync(client, held.DeliveryId, "Delivered");
        var order = Assert.Single((await client.OrdersAsync(null, null, None)).Answered().Orders);
        Assert.Equal((OperatorDesk.Operator, OrderKind.Release, "file moved away"), (order.Operator, order.Order, order.Reason));
        Assert.Contains(gateway.Log.Texts(701), text => text.Contains(held.DeliveryId, StringComparison.Ordinal));
        Assert.Equal(1, (await client.StatusAsync(None)).Answered().Deliveries["Delivered"]);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        var client = gateway.Operators();
        var held = await HeldAsync(gateway, client);

        var dry = (await client.GiveAsync(OrderKind.Cancel, held.DeliveryId, "not wanted", dryRun: true, None)).Answered();

        Assert.Equal((true, "Cancelled"), (dry.DryRun, dry.Delivery.State));
        Assert.Equal("Held", (await client.DeliveryAsync(held.DeliveryId, None)).Answered().Delivery.State);
        Assert.Empty((await client.OrdersAsync(null, null, None)).Answered().Orders);
        Assert.Empty(gateway.Log.Texts(701));
    }

    [Fact]
    public async Task A_standing_order_is_given_listed_logged_and_lifted()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        var client = gateway.Operators();
        var order = new StandingOrderRequest { Subject = StandingSubjects.Mode, Value = "disaster", Reason = "earthquake" };

        Assert.Equal("disaster", (await client.GiveAsync(order, None)).Answered().After);

        var inForce = Assert.Single((await client.StandingOrdersAsync(None)).Answered().InForce);
        Assert.Equal(
            (OperatorDesk.Operator, "mode", "disaster", "earthquake"),
            (inForce.Operator, inForce.Subject, inForce.Value, inForce.Reason));
        Assert.Single(gateway.Log.Texts(704));
        Assert.Null((await client.GiveAsync(order with { Value = null, Reason = "over" }, None)).Answered().After);
        Assert.Empty((await client.StandingOrdersAsync(None)).Answered().InForce);
    }

    [Fact]
    public async Task What_waits_for_the_end_of_a_planned_stop_and_what_was_expected_are_told()
    {
        await using var gateway = await OperatorDesk.StartAsync(json =>
        {
            json["destinations"]![0]!["maintenance"] =
                JsonNode.Parse("""[{ "from": "2000-01-01T00:00", "to": "8999-01-01T00:00", "text": "移転" }]""");
            json["expected"] = JsonNode.Parse("""[{ "origin": "kaoku", "interface": "kaoku-ido", "by": "02:00" }]""");
        });
        var client = gateway.Operators();
        Assert.Empty((await client.ForecastAsync(None)).Answered().Routes);
        Assert.True((await Files.SubmitAsync(gateway.As("kaoku"), [1, 2, 3], "t1")).Answered);

        DeliveryStatus? told = null;
        await UntilAsync(async () =>
        {
            told = (await gateway.As("kaoku").GetTransferStatusAsync(Files.Status("t1"), None)).Value!.Deliveries.Single();
            return told.LastErrorCode == "LG-6341";
        });
        Assert.Contains("移転", told!.LastErrorText, StringComparison.Ordinal);
        var forecast = (await client.ForecastAsync(None)).Answered();
        var route = Assert.Single(forecast.Routes);
        Assert.Equal((1, 3, "juki-folder", DeadlineVerdict.None), (route.Files, route.Bytes, route.Destination, route.Verdict));
        Assert.Equal(8999, route.StartsAt!.Value.Year);
        Assert.Equal("移転", Assert.Single(forecast.Stops).Text);
        Assert.NotNull(Assert.Single((await client.ExpectedAsync(None)).Answered().Files).ArrivedAt);
    }

    [Fact]
    public async Task What_is_cancelled_by_an_operator_is_so_for_its_origin()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        var client = gateway.Operators();
        var held = await HeldAsync(gateway, client);

        (await client.GiveAsync(OrderKind.Cancel, held.DeliveryId, "not wanted", false, None)).Answered();

        var found = (await client.TransfersAsync("kaoku", "t1", None)).Answered();
        Assert.Equal(("Cancelled", "Cancelled"), (found.Transfers[0].State, found.Deliveries[0].State));
        var status = (await gateway.As("kaoku").GetTransferStatusAsync(Files.Status("t1"), None)).Value!;
        Assert.Equal("Cancelled", status.State);
        Assert.Contains("not wanted", status.ReasonText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_have_codes_and_texts_in_the_language_asked_for()
    {
        await using var gateway = await OperatorDesk.StartAsync();
        var client = gateway.Operators(language: "ja");
        var held = await HeldAsync(gateway, client);

        var impossible = await client.GiveAsync(OrderKind.SettleDelivered, held.DeliveryId, "why", false, None);
        Assert.Equal("LG-7003", impossible.Code());
        Assert.Contains("実行できません", Assert.IsType<OperatorAnswer<OrderResult>.Refused>(impossible).Text, StringComparison.Ordinal);
        Assert.Equal("LG-1002", (await client.GiveAsync(OrderKind.Release, held.DeliveryId, " ", false, None)).Code());
        Assert.Equal("LG-7002", (await client.GiveAsync(OrderKind.Release, "none", "why", false, None)).Code());
        Assert.Equal("LG-7002", (await client.DeliveryAsync("none/../..", None)).Code());
        Assert.Equal("LG-2001", (await client.TransfersAsync("kaoku", "none", None)).Code());
        Assert.Equal("LG-1003", (await client.DeliveriesAsync(new DeliveryFilter { States = ["Lost"] }, None)).Code());
    }

    [Theory]
    [InlineData("settle", """{ "reason": "why", "dry_run": true, "outcome": "delivered" }""", "LG-1003")]
    [InlineData("settle", """{ "reason": "why" }""", "LG-1002")]
    [InlineData("settle", """{ "reason": "why", "outcome": "perhaps" }""", "LG-1003")]
    [InlineData("hold", """{ "reason": "why", "outcome": "delivered" }""", "LG-1003")]
    [InlineData("hold", """{ "reason": 7 }""", "LG-1003")]
    [InlineData("hold", """{ "reason": """, "LG-1003")]
    [InlineData("hold", "", "LG-1003")]
    [InlineData("burn", """{ "reason": "why" }""", "LG-1005")]
    public async Task An_order_that_is_not_understood_whole_is_not_carried_out(string verb, string body, string code)
    {
        await using var gateway = await OperatorDesk.StartAsync();
        using var http = gateway.Connect(
            new ConnectionOptions
            {
                User = OperatorDesk.Operator,
                Password = GatewayFolder.Password,
                TrustedServerCertificates = [gateway.ServerCertificate],
            },
            gateway.AddressOf());
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

        using var response = await http.PostAsync(new Uri(gateway.AddressOf(), OperatorPaths.Order("any", verb)), content);

        Assert.InRange((int)response.StatusCode, 400, 404);
        Assert.Contains($"\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_told_apart_from_one_that_refuses()
    {
        var gateway = await OperatorDesk.StartAsync();
        var client = gateway.Operators();
        (await client.StatusAsync(None)).Answered();
        await gateway.DisposeAsync();

        Assert.IsType<OperatorAnswer<GatewayStatus>.NotSent>(await client.StatusAsync(None));
    }

    /// <summary>A delivery that is held because a file of its name lies in the folder.</summary>
    static async Task<DeliverySummary> HeldAsync(TestGateway gateway, OperatorClient client)
    {
        await File.WriteAllTextAsync(Path.Combine(gateway.Folder.Root, "out", "kaoku.csv"), "in the way");
        Assert.True((await Files.SubmitAsync(gateway.As("kaoku"), [1, 2, 3], "t1")).Answered);
        DeliverySummary? found = null;
        await UntilAsync(async () =>
        {
            found = (await client.DeliveriesAsync(new DeliveryFilter(), None)).Answered().Deliveries.SingleOrDefault();
            return found is { State: "Held" };
        });
        return found!;
    }

    static Task UntilAsync(OperatorClient client, string deliveryId, string state) => UntilAsync(
        async () => (await client.DeliveryAsync(deliveryId, None)).Answered().Delivery.State == state);

    // Only a hanging test meets the time-out.
    static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await condition()) await Task.Delay(20, patience.Token);
    }
}

using System.Text.Json;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

public sealed class OperatorCommandTests : IAsyncLifetime
{
    const string Id = "0123456789abcdef0123456789abcdef";

    static readonly DateTimeOffset Night = new(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(9));

    CliBench _bench = null!;
    FakeOperators _gateway = null!;

    public async Task InitializeAsync() => (_bench, _gateway) = (await CliBench.StartAsync(), await FakeOperators.StartAsync());

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    string[] Server => ["--server", _gateway.Address.AbsoluteUri, "--user", "touban"];

    [Fact]
    public async Task Status_shows_the_gateway_and_its_deliveries_by_state()
    {
        _gateway.Answer(OperatorPaths.Status, Status(testSeams: false), OperatorJson.Default.GatewayStatus);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "status", .. Server]));

        Assert.Contains("gw-a (test)", _bench.Out, StringComparison.Ordinal);
        Assert.Matches(@"Held\s+7", _bench.Out);
        Assert.DoesNotContain("--test-seams", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_shows_what_is_kept_and_warns_when_room_is_short()
    {
        var space = new SpaceStatus
        {
            KeptPayloads = 3,
            KeptBytes = 5L << 30,
            BytesGoingWithin24Hours = 1L << 30,
            FreeBytes = 9L << 30,
            ReserveBytes = 10L << 30,
        };
        _gateway.Answer(OperatorPaths.Status, Status(testSeams: false) with { Space = space }, OperatorJson.Default.GatewayStatus);

        await _bench.RunAsync(["operator", "status", .. Server]);

        Assert.Contains("3 payloads kept, 5 GiB; 1 GiB of them go within 24 hours; 9 GiB free", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("the reserve of 10 GiB", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_forecast_shows_what_waits_its_deadline_and_planned_stops()
    {
        var report = new ForecastReport
        {
            Now = Night,
            Routes =
            [
                new RouteForecast
                {
                    Origin = "juki",
                    InterfaceId = "house-tax",
                    Receiver = "kaoku",
                    Destination = "to-gw-b",
                    Files = 12,
                    Bytes = 3L << 30,
                    Elsewhere = 4,
                    Oldest = Night,
                    FinishesAt = Night.AddHours(3),
                    Deadline = Night.AddHours(2),
                    Verdict = DeadlineVerdict.AtRisk,
                },
            ],
            Stops = [new StopEntry { Destination = "to-gw-c", From = Night, To = Night.AddDays(1), Text = "inspection" }],
        };
        _gateway.Answer(OperatorPaths.Forecast, report, OperatorJson.Default.ForecastReport);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "forecast", .. Server]));

        Assert.Contains(
            "to-gw-c is stopped as planned from 2026-04-01 00:00:00 to 2026-04-02 00:00:00. inspection",
            _bench.Out, StringComparison.Ordinal);
        Assert.Contains("3 GiB", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("AT RISK", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expected_files_are_listed_with_what_is_late()
    {
        var list = new ExpectedList
        {
            Now = Night,
            Files =
            [
                new ExpectedEntry
                {
                    Origin = "juki",
                    InterfaceId = "house-tax",
                    From = Night.AddHours(-12),
                    By = Night,
                    State = ExpectedState.Late,
                    Text = "call juki",
                },
            ],
        };
        _gateway.Answer(OperatorPaths.Expected, list, OperatorJson.Default.ExpectedList);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "expected", .. Server]));

        Assert.Contains("LATE", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("call juki", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_shows_what_goes_first_what_waits_and_whom_nothing_reaches()
    {
        var since = new DateTimeOffset(2026, 11, 27, 1, 12, 7, TimeSpan.FromHours(9));
        var dispatch = new DispatchStatus
        {
            Mode = "disaster",
            Classes =
            [
                new ClassLoad { Name = "life", Weight = 128, Urgent = true, Waiting = 3, Running = 1 },
                new ClassLoad { Name = "production", Weight = 1, Concurrency = 2, Waiting = 50_000, Running = 2 },
            ],
            Destinations =
            [
                new DestinationStatus
                {
                    Destination = "to-town",
                    State = "down",
                    Since = since,
                    NextProbe = since.AddMinutes(2),
                    Reason = "LG-6001 no route to host",
                },
                new DestinationStatus { Destination = "to-city", State = "draining", Since = since },
            ],
        };
        _gateway.Answer(
            OperatorPaths.Status, Status(testSeams: false) with { Dispatch = dispatch }, OperatorJson.Default.GatewayStatus);

        await _bench.RunAsync(["operator", "status", .. Server]);

        Assert.Contains("Mode: disaster", _bench.Out, StringComparison.Ordinal);
        Assert.Matches(@"life\s+128\s+yes\s+3\s+1", _bench.Out);
        Assert.Matches(@"production\s+1\s+50000\s+2/2", _bench.Out);
        Assert.Matches(@"to-town .*2026-11-27 01:12:07.*2026-11-27 01:14:07.*LG-6001", _bench.Out);
        Assert.Matches(@"to-city is back since 2026-11-27 01:12:07", _bench.Out);
    }

    [Theory]
    [InlineData("mode", "disaster", "mode", "disaster")]
    [InlineData("suspend", "kaoku", "suspend/kaoku", "yes")]
    [InlineData("resume", "kaoku", "suspend/kaoku", null)]
    public async Task A_standing_order_is_given_with_its_reason(string command, string argument, string subject, string? value)
    {
        var result = new StandingOrderResult { Subject = subject, Before = "before", After = value };
        _gateway.Answer(OperatorPaths.Standing, result, OperatorJson.Default.StandingOrderResult);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", command, argument, "--reason", "flood", .. Server]));

        var request = JsonSerializer.Deserialize(Assert.Single(_gateway.Requests).Body, OperatorJson.Default.StandingOrderRequest)!;
        Assert.Equal((subject, value, "flood", false), (request.Subject, request.Value, request.Reason, request.DryRun));
        Assert.Contains($"{subject}: before became {value ?? "-"}", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standing_orders_are_listed_with_who_and_why()
    {
        var order = new StandingOrderEntry
        {
            Number = 1,
            At = new DateTimeOffset(2026, 4, 8, 3, 0, 0, TimeSpan.FromHours(9)),
            Operator = "touban",
            Subject = "mode",
            Value = "disaster",
            Reason = "earthquake",
        };
        var list = new StandingOrderList { InForce = [order], Newest = [order] };
        _gateway.Answer(OperatorPaths.Standing, list, OperatorJson.Default.StandingOrderList);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "standing", .. Server]));

        Assert.Matches(@"2026-04-08 03:00:00\s+touban\s+mode\s+disaster\s+earthquake", _bench.Out);
    }

    [Theory]
    [InlineData(false, false, "Payload kept: the rule")]
    [InlineData(true, false, "Payload kept until 2026-04-08 03:00:00: the rule")]
    [InlineData(false, true, "Payload removed at 2026-04-08 03:00:00: the rule")]
    public async Task Show_tells_what_becomes_of_the_payload(bool isKept, bool isRemoved, string told)
    {
        DateTimeOffset? at = new DateTimeOffset(2026, 4, 8, 3, 0, 0, TimeSpan.FromHours(9));
        var details = Details();
        var transfer = details.Transfer with
        {
            PayloadKeptUntil = isKept ? at : null,
            PayloadRemovedAt = isRemoved ? at : null,
            PayloadRule = "the rule",
        };
        _gateway.Answer(OperatorPaths.Delivery(Id), details with { Transfer = transfer }, OperatorJson.Default.DeliveryDetails);

        await _bench.RunAsync(["operator", "show", Id, .. Server]);

        Assert.Contains(told, _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_warns_of_test_seams()
    {
        _gateway.Answer(OperatorPaths.Status, Status(testSeams: true), OperatorJson.Default.GatewayStatus);

        await _bench.RunAsync(["operator", "status", .. Server]);

        Assert.Contains("--test-seams", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_asks_as_it_is_told_and_shows_ids_and_reasons_whole()
    {
        var page = new DeliveryPage { Deliveries = [FakeOperators.Delivery(Id, "Held")], Cursor = "next" };
        _gateway.Answer(OperatorPaths.Deliveries, page, OperatorJson.Default.DeliveryPage);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(
            ["operator", "list", "--state", "Held,Failed", "--receiver", "kaoku", "--of", "j uki", "--limit", "7", .. Server]));

        Assert.Contains(Id, _bench.Out, StringComparison.Ordinal);
        Assert.Contains("LG-6003 the file is there already", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("next", _bench.Out, StringComparison.Ordinal);
        Assert.Equal(
            OperatorPaths.Deliveries + "?state=Held&state=Failed&receiver=kaoku&origin=j%20uki&limit=7",
            Assert.Single(_gateway.Requests).Path);
    }

    [Fact]
    public async Task An_empty_list_says_so()
    {
        _gateway.Answer(OperatorPaths.Deliveries, new DeliveryPage { Deliveries = [] }, OperatorJson.Default.DeliveryPage);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "list", .. Server]));

        Assert.Contains("No delivery", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_tells_all_that_is_known_and_what_may_be_ordered()
    {
        _gateway.Answer(OperatorPaths.Delivery(Id), Details(), OperatorJson.Default.DeliveryDetails);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "show", Id, .. Server]));

        foreach (var told in new[] { "InDoubt", "to-gw-b", "houses.csv", "receipt-1", "asked by telephone", $"settle {Id} not-delivered" })
            Assert.Contains(told, _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_finds_a_transfer_by_origin_and_id()
    {
        var details = new TransferDetails { Transfers = [Details().Transfer], Deliveries = [FakeOperators.Delivery(Id, "Held")] };
        _gateway.Answer(OperatorPaths.Transfers, details, OperatorJson.Default.TransferDetails);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "show", "--of", "juki", "--transfer", "night 7", .. Server]));

        Assert.Contains(Id, _bench.Out, StringComparison.Ordinal);
        Assert.EndsWith("?origin=juki&transferId=night%207", Assert.Single(_gateway.Requests).Path, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await _bench.RunAsync(["operator", "show", "--of", "juki", .. Server]));
    }

    [Theory]
    [InlineData("settle", "delivered", "delivered")]
    [InlineData("settle", "not-delivered", "notDelivered")]
    [InlineData("hold", null, null)]
    [InlineData("release", null, null)]
    [InlineData("cancel", null, null)]
    public async Task With_yes_an_order_is_given_at_once(string command, string? argument, string? outcome)
    {
        AnswerOrder(command);

        Assert.Equal(ExitCode.Ok, await OrderAsync(command, argument, "--yes"));

        var (method, path, body) = Assert.Single(_gateway.Requests);
        Assert.Equal(("POST", OperatorPaths.Order(Id, command)), (method, path));
        var order = JsonSerializer.Deserialize(body, OperatorJson.Default.DeliveryOrder)!;
        Assert.Equal(("asked by telephone", false, outcome), (order.Reason, order.DryRun, order.Outcome));
        Assert.Contains("Held became Waiting", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_orders_nothing()
    {
        AnswerOrder("hold", dryRun: true);

        Assert.Equal(ExitCode.Ok, await OrderAsync("hold", null, "--dry-run"));

        Assert.Contains("\"dryRun\":true", Assert.Single(_gateway.Requests).Body, StringComparison.Ordinal);
        Assert.Contains("Dry run", _bench.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", ExitCode.Ok, 2)]
    [InlineData("YES\n", ExitCode.Ok, 2)]
    [InlineData("n\n", ExitCode.Usage, 1)]
    [InlineData("\n", ExitCode.Usage, 1)]
    [InlineData("", ExitCode.Usage, 1)]
    public async Task On_a_terminal_it_is_shown_what_would_happen_and_asked(string answer, int code, int requests)
    {
        AnswerOrder("release");
        _bench.InputIsTerminal = true;
        _bench.Input = System.Text.Encoding.UTF8.GetBytes(answer);

        Assert.Equal(code, await OrderAsync("release", null));

        Assert.Contains("[y/N]", _bench.Error, StringComparison.Ordinal);
        Assert.Equal(requests, _gateway.Requests.Count);
        Assert.Contains("\"dryRun\":true", _gateway.Requests.First().Body, StringComparison.Ordinal);
        Assert.All(_gateway.Requests.Skip(1), request => Assert.DoesNotContain("\"dryRun\":true", request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_nothing_is_ordered_without_yes()
    {
        AnswerOrder("cancel");

        Assert.Equal(ExitCode.Usage, await OrderAsync("cancel", null));

        Assert.Empty(_gateway.Requests);
        Assert.Contains("--yes", _bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_without_a_reason_is_not_sent()
    {
        Assert.Equal(ExitCode.Usage, await _bench.RunAsync(["operator", "hold", Id, "--yes", .. Server]));

        Assert.Empty(_gateway.Requests);
    }

    [Theory]
    [InlineData(409, "LG-7003", ExitCode.Refused)]
    [InlineData(403, "LG-7001", ExitCode.Refused)]
    [InlineData(503, "LG-5002", ExitCode.Temporary)]
    public async Task A_refusal_ends_with_the_code_of_its_side(int status, string code, int exitCode)
    {
        _gateway.Refuse(OperatorPaths.Order(Id, "hold"), status, code);

        Assert.Equal(exitCode, await OrderAsync("hold", null, "--yes"));

        Assert.Contains($"{code}: told to", _bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_no_operators_listener_is_told()
    {
        Assert.Equal(ExitCode.Refused, await _bench.RunAsync(["operator", "status", .. Server]));
        Assert.Contains("HTTP 404", _bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_show_who_when_and_why()
    {
        _gateway.Answer(OperatorPaths.Orders, new OrderPage { Orders = [Details().Orders[0]] }, OperatorJson.Default.OrderPage);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "orders", .. Server]));

        foreach (var told in new[] { "touban", "2026-04-01 03:10:00", "asked by telephone", "Sending > Held" })
            Assert.Contains(told, _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_that_of_the_operator_api()
    {
        _gateway.Answer(OperatorPaths.Delivery(Id), Details(), OperatorJson.Default.DeliveryDetails);

        await _bench.RunAsync(["operator", "show", Id, "--json", .. Server]);

        Assert.Equal("settleDelivered", _bench.Json.GetProperty("possible")[0].GetString());
        Assert.Equal(Id, JsonSerializer.Deserialize(_bench.Out, OperatorJson.Default.DeliveryDetails)!.Delivery.DeliveryId);
    }

    [Fact]
    public async Task The_address_may_stand_in_the_profile()
    {
        _gateway.Answer(OperatorPaths.Status, Status(testSeams: false), OperatorJson.Default.GatewayStatus);
        _bench.Folder.File("linkgw.json", JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["default"] = new { server = "https://nowhere.invalid/batch", operatorServer = _gateway.Address.AbsoluteUri, user = "touban" },
        }));

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync("operator", "status"));
    }

    [Fact]
    public async Task Config_check_asks_the_gateway_where_it_is_named()
    {
        var path = _bench.Folder.File("gateway.json", "{ // comment\n }"u8.ToArray());
        _gateway.Answer(OperatorPaths.ConfigurationCheck, Findings(ConfigurationFinding.Error), OperatorJson.Default.ConfigurationFindings);

        Assert.Equal(ExitCode.Usage, await _bench.RunAsync(["config", "check", path, .. Server]));

        Assert.Contains("$.destinations[0].path: it is not there. Make it.", _bench.Error, StringComparison.Ordinal);
        var sent = JsonSerializer.Deserialize(Assert.Single(_gateway.Requests).Body, OperatorJson.Default.ConfigurationText)!;
        Assert.Equal("{ // comment\n }", sent.Text);
    }

    [Fact]
    public async Task Config_check_shows_warnings_and_ends_well()
    {
        var path = _bench.Folder.File("gateway.json", "{}"u8.ToArray());
        _gateway.Answer(
            OperatorPaths.ConfigurationCheck, Findings(ConfigurationFinding.Warning), OperatorJson.Default.ConfigurationFindings);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["config", "check", path, .. Server]));

        Assert.Contains("Warning: $.destinations[0].path", _bench.Error, StringComparison.Ordinal);
    }

    Task<int> OrderAsync(string command, string? argument, params string[] more) => _bench.RunAsync(
        ["operator", command, Id, .. argument is null ? (string[])[] : [argument], "--reason", "asked by telephone", .. more, .. Server]);

    void AnswerOrder(string verb, bool dryRun = false) => _gateway.Answer(
        OperatorPaths.Order(Id, verb),
        new OrderResult { Order = OrderKind.Release, DryRun = dryRun, From = "Held", Delivery = FakeOperators.Delivery(Id, "Waiting") },
        OperatorJson.Default.OrderResult);

    static ConfigurationFindings Findings(string severity) => new()
    {
        Findings = [new() { Severity = severity, Path = "$.destinations[0].path", Problem = "it is not there", Remedy = "Make it" }],
    };

    static GatewayStatus Status(bool testSeams) => new()
    {
        GatewayId = "gw-a",
        Environment = "test",
        Version = "0.1.0",
        Now = FakeOperators.Delivery(Id, "Held").UpdatedAt,
        StartedAt = FakeOperators.Delivery(Id, "Held").CreatedAt,
        Listeners = ["https://127.0.0.1:8443"],
        OperatorListeners = ["https://127.0.0.1:8444"],
        Deliveries = new Dictionary<string, long> { ["Held"] = 7 },
        TestSeams = testSeams,
    };

    static DeliveryDetails Details()
    {
        var delivery = FakeOperators.Delivery(Id, "InDoubt") with { Doubts = ["to-gw-b"] };
        return new DeliveryDetails
        {
            Delivery = delivery,
            Transfer = new TransferSummary
            {
                Origin = "juki",
                TransferId = "night-7",
                Receiver = "",
                State = "Accepted",
                SubmittedBy = "juki",
                InterfaceId = "house-tax",
                Environment = "test",
                FileName = "houses.csv",
                CreatedAt = delivery.CreatedAt,
            },
            Events = [new() { At = delivery.UpdatedAt, DeliveryId = Id, From = "Sending", To = "InDoubt", Detail = "LG-6010" }],
            Receipts = [new() { ReceiptId = "receipt-1", Kind = "accepted", Issuer = "gw-a" }],
            Orders =
            [
                new()
                {
                    Number = 1,
                    At = delivery.UpdatedAt.AddMinutes(5),
                    Operator = "touban",
                    Order = OrderKind.Hold,
                    Reason = "asked by telephone",
                    DeliveryId = Id,
                    Origin = "juki",
                    TransferId = "night-7",
                    From = "Sending",
                    To = "Held",
                },
            ],
            Possible = [OrderKind.SettleDelivered, OrderKind.SettleNotDelivered],
        };
    }
}

using System.Text.Json;
using LinkGateway.Contract.Operator;

namespace LinkGateway.Cli.Commands;

public sealed class ReplayCommandTests : IAsyncLifetime
{
    const string Id = "0123456789abcdef0123456789abcdef";

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
    public async Task A_replay_is_a_plan_unless_it_is_told_to_go_and_asks_as_it_is_told()
    {
        _gateway.Answer(OperatorPaths.Replays, Plan(), OperatorJson.Default.ReplayAnswer);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(
            [
                "operator", "replay", "--state", "Delivered,Applied", "--of", "juki", "--interface", "juki-ido", "--receiver", "kaoku",
                "--destination", "folder", "--code", "LG-6002", "--from", "2026-04-01T00:00:00+09:00",
                "--until", "2026-04-02T00:00:00+09:00", "--to", "other", "--rate", "60", "--reason", "disk lost", .. Server,
            ]));

        var request = JsonSerializer.Deserialize(Assert.Single(_gateway.Requests).Body, OperatorJson.Default.ReplayRequest)!;
        Assert.Equal((false, null, "disk lost", 60), (request.ForReal, request.OrderId, request.Reason, request.Rate));
        Assert.Equal(["Delivered", "Applied"], request.States);
        Assert.Equal(
            ("juki", "juki-ido", "kaoku", "folder", "LG-6002", "other"),
            (request.Origin, request.Interface, request.Receiver, request.Destination, request.Code, request.To));
        Assert.Equal(TimeSpan.FromDays(1), request.Until - request.From);
        Assert.Contains("0 deliveries would go on, 1 copies", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("copy 1", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("--go", _bench.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("operator", "replay")]
    public async Task Told_to_go_it_gives_the_order_an_id_and_says_it(params string[] command)
    {
        _gateway.Answer(OperatorPaths.Replays, Plan() with { DryRun = false, Order = Order("running") }, OperatorJson.Default.ReplayAnswer);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync([.. command, Id, "--reason", "disk lost", "--go", .. Server]));

        var request = JsonSerializer.Deserialize(Assert.Single(_gateway.Requests).Body, OperatorJson.Default.ReplayRequest)!;
        Assert.Equal((true, 32, Id), (request.ForReal, request.OrderId?.Length, Assert.Single(request.Deliveries)));
        Assert.Contains("Replay night-7, running", _bench.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("--go", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watched_it_tells_how_far_it_is_until_it_is_done()
    {
        _gateway.Answer(OperatorPaths.Replays, Plan() with { DryRun = false, Order = Order("running") }, OperatorJson.Default.ReplayAnswer);
        var details = new ReplayDetails { Order = Order("done"), Entries = [] };
        _gateway.Answer(OperatorPaths.Replay("night-7"), details, OperatorJson.Default.ReplayDetails);

        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(
            ["replay", Id, "--reason", "disk lost", "--go", "--order-id", "night-7", "--watch", .. Server]));

        Assert.Contains("Replay night-7, done", _bench.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await _bench.RunAsync(["replay", Id, "--reason", "disk lost", "--watch", .. Server]));
    }

    [Fact]
    public async Task Replays_are_listed_shown_and_stopped()
    {
        _gateway.Answer(OperatorPaths.Replays, new ReplayPage { Replays = [Order("running")] }, OperatorJson.Default.ReplayPage);
        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "replays", .. Server]));
        Assert.Contains("Delivered 3, Waiting 1", _bench.Out, StringComparison.Ordinal);

        var details = new ReplayDetails { Order = Order("running"), Entries = [Plan().Entries[0]], Cursor = "100" };
        _gateway.Answer(OperatorPaths.Replay("night-7"), details, OperatorJson.Default.ReplayDetails);
        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "replays", "night-7", "--limit", "1", .. Server]));
        Assert.Contains(Id, _bench.Out, StringComparison.Ordinal);

        _gateway.Answer(OperatorPaths.StopOfReplay("night-7"), Order("stopped"), OperatorJson.Default.ReplaySummary);
        Assert.Equal(ExitCode.Ok, await _bench.RunAsync(["operator", "replay-stop", "night-7", "--reason", "enough", .. Server]));
        Assert.Contains("stopped", _bench.Out, StringComparison.Ordinal);
    }

    static ReplayAnswer Plan() => new()
    {
        DryRun = true,
        Continues = 0,
        Copies = 1,
        Skips = 0,
        Bytes = 5 << 20,
        Entries =
        [
            new ReplayEntry
            {
                DeliveryId = Id,
                Origin = "juki",
                TransferId = "night-7",
                Receiver = "kaoku",
                State = "Delivered",
                Action = ReplayAction.Copy,
                PayloadHere = true,
                Destination = "folder",
                Replay = 1,
            },
        ],
    };

    static ReplaySummary Order(string state) => new()
    {
        OrderId = "night-7",
        At = new DateTimeOffset(2026, 4, 1, 3, 0, 0, TimeSpan.FromHours(9)),
        Operator = "touban",
        Reason = "disk lost",
        State = state,
        Rate = 600,
        Deliveries = 10,
        Pending = 5,
        Continued = 0,
        Copied = 4,
        Skipped = 1,
        Outcomes = new Dictionary<string, long> { ["Delivered"] = 3, ["Waiting"] = 1 },
    };
}

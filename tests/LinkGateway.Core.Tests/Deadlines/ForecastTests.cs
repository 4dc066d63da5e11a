using System.Text.Json.Nodes;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Deadlines;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Deadlines;

/// <summary>
/// It is midnight of Thursday, 2 April 2026, in Tokyo. Nothing is delivered until a test starts the world; a file takes a minute.
/// </summary>
public sealed class ForecastTests : IAsyncDisposable
{
    const string Subject = $"{Origin}/{Interface}/{Receiver}";

    static readonly byte[] File = Bytes(ChunkSize);

    readonly CoreWorld _world = new(configuration: json => Due(json, """{ "at": "00:10" }"""));
    readonly DeadlineWatch _watch;

    public ForecastTests() => _watch = new DeadlineWatch(_world.Services);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    DateTimeOffset Midnight { get; } = new(2026, 4, 2, 0, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public async Task What_waits_is_forecast_by_what_is_ahead_and_how_fast_it_goes()
    {
        KnowTheRate();
        await SubmitAsync(5);

        var route = Assert.Single((await ReadAsync()).Routes);

        Assert.Equal((5, 5L * File.Length, 0), (route.Files, route.Bytes, route.Elsewhere));
        Assert.Equal(_world.Services.Now.AddMinutes(5), route.FinishesAt!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal((Midnight.AddMinutes(10), DeadlineVerdict.OnTime), (route.Deadline, route.Verdict));
    }

    [Fact]
    public async Task Operators_are_told_before_a_deadline_is_missed_when_it_is_and_when_all_is_well_again()
    {
        KnowTheRate();
        await SubmitAsync(8);
        await _watch.LookAsync(Never);
        Assert.Empty(_world.Services.Notices.Current);

        await SubmitAsync(4, "more");
        await _watch.LookAsync(Never);
        var atRisk = Assert.Single(_world.Services.Notices.Current);
        Assert.Equal((NoticeKind.DeadlineAtRisk, Subject), (atRisk.Kind, atRisk.Subject));
        Assert.Contains("12 files", atRisk.Text, StringComparison.Ordinal);

        _world.Time.Advance(TimeSpan.FromMinutes(11));
        await _watch.LookAsync(Never);
        Assert.Equal(NoticeKind.DeadlineMissed, Assert.Single(_world.Services.Notices.Current).Kind);

        await _world.StartAsync();
        for (var index = 0; index < 12; index++)
            await _world.UntilAsync(Identity(index < 8 ? $"file-{index}" : $"more-{index - 8}"), DeliveryState.Delivered);
        await _watch.LookAsync(Never);
        Assert.Empty(_world.Services.Notices.Current);
    }

    [Fact]
    public async Task What_cannot_be_forecast_is_unknown_until_it_is_missed()
    {
        await SubmitAsync(1);
        Assert.Equal(DeadlineVerdict.Unknown, Assert.Single((await ReadAsync()).Routes).Verdict);

        _world.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(1));

        Assert.Equal(DeadlineVerdict.Missed, Assert.Single((await ReadAsync()).Routes).Verdict);
    }

    [Fact]
    public async Task What_waits_for_somebody_else_counts_for_the_deadline()
    {
        await using var world = new CoreWorld(configuration: json =>
        {
            RouteTo(json, "gw-b");
            Due(json, """{ "after": "00:30:00" }""");
        });
        await using var next = new CoreWorld("gw-b", parts: new WorldParts { Time = world.Time, Seed = 2 });
        world.ConnectTo(next);
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a", File), File);
        await world.UntilAsync(Identity("a"), DeliveryState.HandedOver);

        var route = Assert.Single((await new Forecasts(world.Services).ReadAsync(Never)).Routes);

        Assert.Equal((0, 1, DeadlineVerdict.Unknown), (route.Files, route.Elsewhere, route.Verdict));
        Assert.Equal(world.Services.Now.AddMinutes(30), route.Deadline!.Value, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Work_that_does_not_end_within_the_window_goes_on_in_the_next()
    {
        _world.Reload(json =>
        {
            Due(json, """{ "at": "12:00" }""");
            json["calendars"] = JsonNode.Parse("""[{ "id": "night", "windows": [{ "from": "01:00", "to": "01:07" }] }]""");
            json["routes"]![0]!["window"] = new JsonObject { ["calendar"] = "night" };
        });
        KnowTheRate();
        await SubmitAsync(10);

        var route = Assert.Single((await ReadAsync()).Routes);

        Assert.Equal(Midnight.AddHours(1), route.StartsAt);
        Assert.Equal(Midnight.AddDays(1).AddHours(1).AddMinutes(3), route.FinishesAt!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal(DeadlineVerdict.AtRisk, route.Verdict);
    }

    [Fact]
    public async Task A_planned_stop_stands_in_the_way_and_in_the_list()
    {
        _world.Reload(json => json["destinations"]![0]!["maintenance"] = JsonNode.Parse("""
            [{ "from": "2026-04-02T00:04", "to": "2026-04-02T02:00", "text": "点検" },
             { "from": "2026-05-02T00:00", "to": "2026-05-03T00:00" }, { "from": "2026-01-01T00:00", "to": "2026-01-02T00:00" }]
            """));
        KnowTheRate();
        await SubmitAsync(10);

        var report = await ReadAsync();

        // A minute has gone while the rate was found.
        Assert.Equal(Midnight.AddHours(2).AddMinutes(7), Assert.Single(report.Routes).FinishesAt!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal([(Midnight.AddMinutes(4), "点検"), (Midnight.AddDays(30), "")], report.Stops.Select(stop => (stop.From, stop.Text)));
    }

    [Fact]
    public async Task A_destination_that_brings_nothing_while_files_wait_puts_the_deadline_at_risk()
    {
        _world.Reload(json => Due(json, """{ "at": "01:00" }"""));
        KnowTheRate();
        await SubmitAsync(5);
        await _watch.LookAsync(Never);
        Assert.Empty(_world.Services.Notices.Current);

        for (var look = 0; look < 80; look++)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(30));
            await _watch.LookAsync(Never);
        }

        Assert.Equal(NoticeKind.DeadlineAtRisk, Assert.Single(_world.Services.Notices.Current).Kind);
    }

    [Fact]
    public void Other_classes_take_their_share_until_the_own_work_is_done()
    {
        var (urgent, bulk, little) = (Class("urgent", 8), Class("bulk", 1), Class("little", 1));
        var work = new Dictionary<PriorityClass, double> { [urgent] = 80, [bulk] = 1000, [little] = 4 };

        // While 80 s of the urgent are done, bulk gets an eighth as much, and little is done.
        Assert.Equal(80 + 10 + 4, Forecasts.Shared(urgent, work));
        Assert.Equal(80 + 1000 + 4, Forecasts.Shared(bulk, work));

        static PriorityClass Class(string name, int weight) => new(name, 0, weight, false, null);
    }

    [Theory]
    [InlineData("""{ "at": "05:00" }""", "2026-04-02T04:59:59+09:00", "2026-04-02T05:00+09:00")]
    [InlineData("""{ "at": "05:00" }""", "2026-04-02T05:00+09:00", "2026-04-03T05:00+09:00")]
    [InlineData("""{ "at": "05:00", "calendar": "workdays" }""", "2026-04-03T12:00+09:00", "2026-04-06T05:00+09:00")]
    [InlineData("""{ "after": "1.02:00:00" }""", "2026-04-02T00:00+09:00", "2026-04-03T02:00+09:00")]
    public void A_deadline_is_the_next_such_time_or_so_long_after(string deadline, string accepted, string due)
    {
        _world.Reload(json =>
        {
            json["calendars"] = JsonNode.Parse("""
                [{ "id": "workdays", "windows": [{ "days": ["monday", "tuesday", "wednesday", "thursday", "friday"] }] }]
                """);
            Due(json, deadline);
        });

        Assert.Equal(At(due), _world.Services.Configuration.Current.Routes.All[0].Deadline!.For(At(accepted)));
    }

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static void Due(JsonNode json, string deadline) => json["routes"]![0]!["deadline"] = JsonNode.Parse(deadline);

    /// <summary>A file has just taken a minute.</summary>
    void KnowTheRate()
    {
        var flight = _world.Services.Flow.Begin("folder", File.Length, _world.Services.Now);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        flight.End(arrived: true, _world.Services.Now);
    }

    async Task SubmitAsync(int count, string name = "file")
    {
        for (var index = 0; index < count; index++) Assert.True((await _world.SubmitAsync(Manifest($"{name}-{index}"), File)).Succeeded);
    }

    async Task<ForecastReport> ReadAsync() => await new Forecasts(_world.Services).ReadAsync(Never);
}

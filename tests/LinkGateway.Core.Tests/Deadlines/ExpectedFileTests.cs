using System.Text.Json.Nodes;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Deadlines;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Deadlines;

/// <summary>It is midnight of Thursday, 2 April 2026, in Tokyo; the file is expected by 02:00.</summary>
public sealed class ExpectedFileTests : IAsyncDisposable
{
    static readonly DateTimeOffset Midnight = new(2026, 4, 2, 0, 0, 0, TimeSpan.FromHours(9));

    readonly WorldParts _parts = new();
    readonly CoreWorld _world;

    public ExpectedFileTests() => _world = Build("""{ "by": "02:00", "text": "call 0254-00-0000" }""");

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task It_is_due_until_its_time_and_late_after_it_and_arrived_when_it_comes()
    {
        var due = await ReadAsync();
        Assert.Equal((ExpectedState.Due, Midnight.AddHours(-10), Midnight.AddHours(2)), (due.State, due.From, due.By));
        Assert.Empty(await ConditionsAsync());

        _world.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(ExpectedState.Late, (await ReadAsync()).State);
        var late = Assert.Single(await ConditionsAsync());
        Assert.Equal((NoticeKind.FileLate, $"{Origin}/{Interface}/0200"), (late.Kind, late.Subject));
        Assert.Contains("call 0254-00-0000", late.Text, StringComparison.Ordinal);

        _world.Time.Advance(TimeSpan.FromHours(1));
        await SubmitAsync("a");
        var arrived = await ReadAsync();
        Assert.Equal((ExpectedState.ArrivedLate, _world.Services.Now), (arrived.State, arrived.ArrivedAt));
        Assert.Empty(await ConditionsAsync());
    }

    [Fact]
    public async Task What_came_in_time_says_when_also_after_a_restart()
    {
        await SubmitAsync("a");
        var cameAt = _world.Services.Now;
        _world.Time.Advance(TimeSpan.FromHours(3));
        await _world.DisposeAsync();

        await using var again = Build("""{ "by": "02:00" }""");

        var entry = await ReadAsync(again);
        Assert.Equal((ExpectedState.Arrived, cameAt), (entry.State, entry.ArrivedAt));
        Assert.Empty(await ConditionsAsync(again));
    }

    [Fact]
    public async Task The_day_ends_when_the_next_begins()
    {
        await SubmitAsync("a");
        _world.Time.Advance(TimeSpan.FromHours(14) - TimeSpan.FromTicks(1));
        Assert.Equal(ExpectedState.Arrived, (await ReadAsync()).State);

        _world.Time.Advance(TimeSpan.FromTicks(1));

        var next = await ReadAsync();
        Assert.Equal((ExpectedState.Due, Midnight.AddHours(26)), (next.State, next.By));
    }

    [Fact]
    public async Task Other_origins_interfaces_and_receivers_do_not_count()
    {
        _world.Reload(json => Expect(json, $$"""{ "by": "02:00", "receiver": "{{OtherReceiver}}" }"""));
        await SubmitAsync("a");
        Assert.Equal(ExpectedState.Due, (await ReadAsync()).State);

        await _world.SubmitAsync(Manifest("b") with { Receivers = [OtherReceiver] }, Bytes(10));

        Assert.Equal(ExpectedState.Arrived, (await ReadAsync()).State);
    }

    [Fact]
    public async Task On_days_that_the_calendar_leaves_out_nothing_is_expected_and_what_was_late_before_stays_so()
    {
        _world.Reload(json =>
        {
            json["calendars"] = JsonNode.Parse("""[{ "id": "c", "windows": [{ "days": ["thursday"] }] }]""");
            Expect(json, """{ "by": "02:00", "calendar": "c" }""");
        });
        _world.Time.Advance(TimeSpan.FromDays(3));

        var late = await ReadAsync();

        Assert.Equal((ExpectedState.Late, Midnight.AddHours(2)), (late.State, late.By));
        _world.Time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(14));
        Assert.Equal((ExpectedState.Due, Midnight.AddDays(7).AddHours(2)), ((await ReadAsync()).State, (await ReadAsync()).By));
    }

    [Fact]
    public async Task A_time_from_which_it_counts_may_be_stated()
    {
        _world.Reload(json => Expect(json, """{ "by": "02:00", "from": "00:30" }"""));
        await SubmitAsync("a");

        // Too early for this night: it was the late one of the night before.
        Assert.Equal((ExpectedState.ArrivedLate, Midnight.AddHours(-22)), ((await ReadAsync()).State, (await ReadAsync()).By));
        _world.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((ExpectedState.Due, Midnight.AddHours(2)), ((await ReadAsync()).State, (await ReadAsync()).By));
    }

    [Fact]
    public async Task What_was_cancelled_has_not_come()
    {
        await SubmitAsync("a");
        Assert.True((await _world.CancelAsync("a")).Succeeded);

        Assert.Equal(ExpectedState.Due, (await ReadAsync()).State);
    }

    CoreWorld Build(string expected) => new(configuration: json => Expect(json, expected), parts: _parts);

    static void Expect(JsonNode json, string expected)
    {
        var file = JsonNode.Parse(expected)!;
        (file["origin"], file["interface"]) = (Origin, Interface);
        json["expected"] = new JsonArray(file);
    }

    async Task SubmitAsync(string id) => Assert.True((await _world.SubmitAsync(Manifest(id), Bytes(10))).Succeeded);

    async Task<ExpectedEntry> ReadAsync(CoreWorld? world = null) =>
        Assert.Single((await new ExpectedFiles((world ?? _world).Services).ReadAsync(Never)).Files);

    async Task<IReadOnlyCollection<Condition>> ConditionsAsync(CoreWorld? world = null)
    {
        var services = (world ?? _world).Services;
        await new DeadlineWatch(services).LookAsync(Never);
        return services.Notices.Current;
    }
}

using System.Text.Json.Nodes;
using LinkGateway.Contract.States;
using LinkGateway.Core.Pull;
using LinkGateway.Core.Tests.Inbox;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Time;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Pull;

/// <summary>B fetches from A's inbox at 01:00, Japanese time; the clock of a world begins at midnight there.</summary>
public sealed class PullScheduleTests : IAsyncLifetime
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly byte[] File = Bytes(ChunkSize + 1000);

    readonly DateTimeOffset _start = new ManualTime().GetUtcNow();
    readonly CancellationTokenSource _stop = new();
    readonly CoreWorld _outer = new("gw-a", InboxWorld.WithInbox);
    readonly CoreWorld _inner;
    readonly DirectInbox _inbox;
    Task _pulling = Task.CompletedTask;

    public PullScheduleTests()
    {
        _inner = new CoreWorld(
            "gw-b",
            json =>
            {
                PullTests.WithPull(json);
                json["pulls"]![0]!["schedule"] = JsonNode.Parse("""{ "times": ["01:00"] }""");
            },
            new WorldParts { Time = _outer.Time, Seed = 2 });
        _inbox = new DirectInbox("gw-b", _outer);
    }

    public async Task InitializeAsync()
    {
        await _outer.StartAsync();
        await _inner.StartAsync();
        _pulling = _inner.Begin(() => new PullService(_inner.Services, _inner.Transfers, _inbox, _inbox).RunAsync(_stop.Token));

        // The schedule counts from when it is first looked at.
        await Waiting.UntilAsync(() => _inner.Services.Schedules.Entries.Any(entry => entry.NextAt is not null), "the schedule");
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pulling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _inner.DisposeAsync();
        await _outer.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task What_waits_is_fetched_at_its_time_and_what_comes_later_at_the_next()
    {
        await _outer.OfferAsync("a", File);
        await DriveAsync(() => Hours >= 0.95, "nearly one o'clock");
        Assert.Empty(_inbox.Fetched);

        await DriveAsync(() => _inner.Services.Schedules.Entries.Single() is { Taken: 1, LastEndedAt: not null }, "the run");
        Assert.Equal(TransferState.Accepted, (await _inner.RowAsync(ForwardIdentity("a"))).State);

        await _outer.OfferAsync("b", File);
        await DriveAsync(() => Hours >= 24.95, "nearly one o'clock again");
        Assert.Null(await _inner.Journal.FindTransferAsync(ForwardIdentity("b"), Never));

        await DriveAsync(() => _inner.Services.Schedules.Entries.Single().LastEndedAt > _start.AddHours(24), "the second run");
        Assert.Equal(TransferState.Accepted, (await _inner.RowAsync(ForwardIdentity("b"))).State);
    }

    [Fact]
    public async Task A_run_for_which_the_other_gateway_does_not_answer_is_tried_until_it_does()
    {
        var broken = true;
        _inbox.Fault = _ => broken ? new PeerFault.NotSent() : null;
        await _outer.OfferAsync("a", File);
        await DriveAsync(() => _inner.Services.Schedules.Entries.Any(entry => entry.Trouble is not null), "trouble");

        broken = false;
        await DriveAsync(() => _inner.Services.Schedules.Entries.Single() is { Taken: 1, Trouble: null }, "the run");
        Assert.True(Hours < 2);
    }

    double Hours => (_outer.Time.GetUtcNow() - _start).TotalHours;

    Task DriveAsync(Func<bool> condition, string what) => Waiting.UntilAsync(
        async () =>
        {
            await _inner.RestAsync();
            if (condition()) return true;
            _outer.Time.Advance(Minute);
            return false;
        },
        () => what);
}

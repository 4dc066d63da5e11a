using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Notices;
using LinkGateway.Core.Files;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Tests.World;

namespace LinkGateway.Core.Tests.Notices;

public sealed class NoticeSinksTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Every_sink_is_told_every_stage_in_order()
    {
        await using var desk = new NoticeDesk(WithSinks);
        await using var running = new Running(desk);
        await running.BegunAsync();
        desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken");
        await desk.PassAsync(10 * Minute);
        desk.Board.Clear(NoticeKind.StoreFailing, "disk");
        await desk.PassAsync(10 * Minute);

        foreach (var sink in new[] { "ops", "siren" })
            await running.UntilAsync(sink, NoticeStage.Opened, NoticeStage.Details, NoticeStage.Resolved);
    }

    [Fact]
    public async Task A_sink_is_told_only_what_matters_enough_to_it()
    {
        await using var desk = new NoticeDesk(WithSinks);
        await using var running = new Running(desk);
        await running.BegunAsync();
        desk.Board.Raise(NoticeKind.Overload, "limits.x", "too much");
        await desk.TurnAsync();
        desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken");
        await desk.TurnAsync();

        await running.UntilAsync("ops", NoticeStage.Opened, NoticeStage.Opened);
        await running.UntilAsync("siren", NoticeStage.Opened);
        Assert.Equal("storeFailing", desk.Events.Handed.Single(one => one.Sink == "siren").Notice.Kind);
    }

    [Fact]
    public async Task A_dead_sink_holds_up_no_other_and_gets_all_in_order_when_it_is_back()
    {
        await using var desk = new NoticeDesk(WithSinks);
        await using var running = new Running(desk);
        await running.BegunAsync();
        var dead = true;
        desk.Events.Answer = (sink, _) => new NoticeSent(sink != "ops" || !dead, "connection refused");
        desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken");
        await desk.PassAsync(10 * Minute);

        await running.UntilAsync("siren", NoticeStage.Opened, NoticeStage.Details);
        Assert.All(desk.Events.Handed.Where(one => one.Sink == "ops"), one => Assert.Equal(NoticeStage.Opened, one.Notice.Stage));
        dead = false;
        desk.Events.Handed.Clear();

        await running.UntilAsync("ops", NoticeStage.Opened, NoticeStage.Details);
        Assert.Equal(["ops failed", "ops works"], desk.Events.Said);
    }

    [Fact]
    public async Task After_a_restart_a_sink_is_told_what_it_was_not_told_and_nothing_twice()
    {
        await using var desk = new NoticeDesk(WithSinks);
        desk.Events.Answer = (sink, _) => new NoticeSent(sink == "siren", "connection refused");
        await using (var running = new Running(desk))
        {
            await running.BegunAsync();
            desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken");
            await desk.PassAsync(10 * Minute);
            await running.UntilAsync("siren", NoticeStage.Opened, NoticeStage.Details);
        }

        await using var next = desk.Restart();
        await using var again = new Running(next);
        await again.UntilAsync("ops", NoticeStage.Opened, NoticeStage.Details);
        Assert.DoesNotContain(next.Events.Handed, one => one.Sink == "siren");
    }

    [Fact]
    public async Task A_new_sink_is_told_what_is_wrong_at_present()
    {
        await using var desk = new NoticeDesk();
        desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken");
        desk.Board.Raise(NoticeKind.StoreFailing, "other disk", "broken");
        await desk.TurnAsync();
        desk.Board.Clear(NoticeKind.StoreFailing, "other disk");
        await desk.PassAsync(10 * Minute);
        desk.World.Reload(WithSinks);
        await using var running = new Running(desk);

        await running.UntilAsync("ops", NoticeStage.Details);
        Assert.Equal(["disk"], desk.Events.Handed.First(one => one.Sink == "ops").Notice.Subjects);
    }

    [Fact]
    public async Task What_a_sink_refuses_for_good_is_skipped_after_some_tries()
    {
        await using var desk = new NoticeDesk(WithSinks);
        await using var running = new Running(desk);
        await running.BegunAsync();
        desk.Events.Answer = (_, notice) => new NoticeSent(notice.Stage != NoticeStage.Opened, "HTTP 400", Refused: true);
        desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken");
        await desk.PassAsync(10 * Minute);

        await running.UntilAsync("ops", NoticeStage.Details);
        Assert.Equal(3, desk.Events.Handed.Count(one => one is { Sink: "ops", Notice.Stage: NoticeStage.Opened }));
        Assert.Contains("ops skipped Opened", desk.Events.Said);
    }

    [Fact]
    public async Task What_is_over_and_could_not_be_told_for_too_long_is_not_told_any_more()
    {
        await using var desk = new NoticeDesk(WithSinks);
        desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken");
        await desk.TurnAsync();
        await using (var before = new Running(desk)) await before.BegunAsync();
        desk.Board.Clear(NoticeKind.StoreFailing, "disk");
        await desk.PassAsync(10 * Minute);
        desk.World.Time.Advance(TimeSpan.FromDays(2));
        desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken again");
        await desk.TurnAsync();
        desk.Events.Handed.Clear();

        await using var running = new Running(desk);
        await running.UntilAsync("ops", NoticeStage.Opened);
        Assert.Contains("ops skipped Resolved", desk.Events.Said);
    }

    [Fact]
    public async Task When_the_journal_fails_sinks_are_told_all_the_same_and_not_once_more_when_it_works()
    {
        await using var desk = new NoticeDesk(WithSinks);
        await using var running = new Running(desk);
        await running.BegunAsync();
        desk.World.Journal.BeforeCommit = _ => throw new StorageException(StorageFailure.Full, "no room");
        desk.Board.Raise(NoticeKind.SpaceShort, "disk", "full");
        await desk.TurnAsync();
        await running.UntilAsync(() => desk.Events.Handed.Count(one => one.Notice.Kind == "spaceShort") == 2);

        desk.World.Journal.BeforeCommit = null;
        await desk.PassAsync(Minute);
        desk.Board.Raise(NoticeKind.StoreFailing, "last", "broken");
        await desk.PassAsync(Minute);
        await running.UntilAsync(() => desk.Events.Handed.Any(one => one is { Sink: "siren", Notice.Subjects: ["last"] }));

        Assert.Single(desk.Events.Handed, one => one is { Sink: "siren", Notice.Kind: "spaceShort" });
    }

    [Fact]
    public async Task A_test_notice_goes_by_every_sink_and_says_how_it_went()
    {
        await using var desk = new NoticeDesk(WithSinks);
        desk.Events.Answer = (sink, _) => new NoticeSent(sink == "ops", sink == "ops" ? "HTTP 200" : "it ended with 1");
        var sinks = new NoticeSinks(desk.World.Services, desk.Service, desk.Events, desk.Events);

        var test = (await sinks.TestAsync(null, CoreWorld.Never)).Value!;

        Assert.Equal(
            [("ops", true, "HTTP 200"), ("siren", false, "it ended with 1")],
            test.Sinks.Select(sink => (sink.Sink, sink.Taken, sink.Text)));
        Assert.All(desk.Events.Handed, one => Assert.Equal(NoticeStage.Test, one.Notice.Stage));
        Assert.Equal(["siren"], (await sinks.TestAsync("siren", CoreWorld.Never)).Value!.Sinks.Select(sink => sink.Sink));
        Assert.Equal(ErrorCatalogue.FieldInvalid.Code, (await sinks.TestAsync("nobody", CoreWorld.Never)).Refusal!.Code);
        desk.World.Reload(_ => { });
        Assert.Equal(ErrorCatalogue.NoSinks.Code, (await sinks.TestAsync(null, CoreWorld.Never)).Refusal!.Code);
    }

    static void WithSinks(JsonNode json) => json["notices"] = JsonNode.Parse("""
        {
          "webhooks": [{ "id": "ops", "url": "https://ops.example/hook" }],
          "hooks": [{ "id": "siren", "command": ["/bin/siren"], "minimumSeverity": "error" }]
        }
        """);

    /// <summary>The sinks of a desk, told while its clock runs.</summary>
    sealed class Running : IAsyncDisposable
    {
        readonly NoticeDesk _desk;
        readonly CancellationTokenSource _stop = new();
        readonly Task _task;

        public Running(NoticeDesk desk)
        {
            _desk = desk;
            var sinks = new NoticeSinks(desk.World.Services, desk.Service, desk.Events, desk.Events);
            _task = desk.World.Begin(() => sinks.RunAsync(_stop.Token));
        }

        /// <summary>Waits until it is known of every sink where its order begins.</summary>
        public Task BegunAsync() => UntilAsync(async () =>
        {
            foreach (var sink in new[] { "ops", "siren" })
                if (await _desk.World.Journal.PeerCursorAsync($"notices/{sink}", CoreWorld.Never) is null) return false;
            return true;
        });

        public Task UntilAsync(string sink, params NoticeStage[] stages) =>
            _desk.World.DriveAsync(() => _desk.Events.TakenBy(sink).SequenceEqual(stages), $"{sink}: {string.Join(", ", stages)}");

        public Task UntilAsync(Func<bool> condition) => _desk.World.DriveAsync(condition, "what is told");

        public Task UntilAsync(Func<Task<bool>> condition) => _desk.World.DriveAsync(condition, "what is told");

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}

using LinkGateway.Contract.Notices;
using LinkGateway.Core.Files;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Tests.World;

namespace LinkGateway.Core.Tests.Notices;

public sealed class NoticeServiceTests : IAsyncDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly NoticeDesk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task What_is_wrong_is_told_at_once_then_with_details_then_that_it_is_over()
    {
        var began = _desk.World.Services.Now;
        Raise();
        await _desk.TurnAsync();
        Assert.Equal([NoticeStage.Opened], _desk.Stages);

        await _desk.PassAsync(20 * Minute);
        Assert.Equal([NoticeStage.Opened, NoticeStage.Details], _desk.Stages);

        _desk.Board.Clear(NoticeKind.Overload, "limits.x");
        var ended = _desk.World.Services.Now;
        await _desk.PassAsync(10 * Minute);

        Assert.Equal([NoticeStage.Opened, NoticeStage.Details, NoticeStage.Resolved], _desk.Stages);
        var (first, last) = (_desk.Events.Stages.First(), _desk.Last);
        Assert.Equal(first.NoticeId, last.NoticeId);
        Assert.Equal(began, first.Since);
        Assert.Null(first.Until);
        Assert.Null(first.LastedSeconds);
        Assert.Equal((long)(ended - began).TotalSeconds + 15, last.LastedSeconds);
        Assert.Equal(ended + TimeSpan.FromSeconds(15), last.Until);
    }

    [Fact]
    public async Task A_stage_says_what_it_is_in_both_languages_and_what_the_gateway_does_by_itself()
    {
        Raise();
        await _desk.TurnAsync();

        var notice = _desk.Last;
        Assert.Equal(
            ("overload", NoticeSeverity.Warning, "gw-a", "test"),
            (notice.Kind, notice.Severity, notice.Gateway, notice.Environment));
        Assert.Equal(["limits.x"], notice.Subjects);
        Assert.Equal(("The gateway refuses work: limits.x", "too much"), (notice.Title, notice.Text));
        Assert.EndsWith("limits.x", notice.TitleJa, StringComparison.Ordinal);
        Assert.NotEmpty(notice.Act);
        Assert.NotEmpty(notice.AdviceJa);
    }

    [Fact]
    public async Task However_often_it_is_raised_with_whatever_text_it_is_one_notice_with_the_newest_text()
    {
        for (var second = 0; second < 600; second++)
        {
            _desk.Board.Raise(NoticeKind.Overload, "limits.x", $"{second} uploads");
            _desk.World.Time.Advance(TimeSpan.FromSeconds(1));
            await _desk.TurnAsync();
        }

        Assert.Equal([NoticeStage.Opened, NoticeStage.Details], _desk.Stages);
        Assert.Equal("300 uploads", _desk.Last.Text);
    }

    [Fact]
    public async Task What_comes_and_goes_within_the_quiet_time_is_one_notice_that_counts_it()
    {
        for (var round = 0; round < 5; round++)
        {
            Raise();
            await _desk.PassAsync(Minute);
            _desk.Board.Clear(NoticeKind.Overload, "limits.x");
            await _desk.PassAsync(2 * Minute);
        }

        Assert.Equal([NoticeStage.Opened], _desk.Stages.Take(1));
        Assert.DoesNotContain(NoticeStage.Resolved, _desk.Stages);
        await _desk.PassAsync(2 * 60 * Minute);
        Assert.Equal(NoticeStage.Resolved, _desk.Last.Stage);
        Assert.Equal(4, _desk.Last.Flaps);
        Assert.Single(_desk.Events.Stages.Select(stage => stage.NoticeId).Distinct());
    }

    [Fact]
    public async Task What_comes_back_soon_after_it_was_told_to_be_over_is_the_same_notice_and_is_believed_less_easily()
    {
        Raise();
        await _desk.TurnAsync();
        _desk.Board.Clear(NoticeKind.Overload, "limits.x");
        await _desk.PassAsync(6 * Minute);
        Assert.Equal(NoticeStage.Resolved, _desk.Last.Stage);

        Raise();
        await _desk.TurnAsync();
        Assert.Equal(NoticeStage.Reopened, _desk.Last.Stage);
        _desk.Board.Clear(NoticeKind.Overload, "limits.x");
        await _desk.PassAsync(6 * Minute);
        Assert.Equal(NoticeStage.Reopened, _desk.Last.Stage);
        await _desk.PassAsync(5 * Minute);
        Assert.Equal(NoticeStage.Resolved, _desk.Last.Stage);
        Assert.Single(_desk.Events.Stages.Select(stage => stage.NoticeId).Distinct());
    }

    [Fact]
    public async Task What_comes_back_much_later_is_another_notice()
    {
        Raise();
        await _desk.TurnAsync();
        _desk.Board.Clear(NoticeKind.Overload, "limits.x");
        await _desk.PassAsync(70 * Minute);

        Raise();
        await _desk.TurnAsync();

        Assert.Equal([NoticeStage.Opened, NoticeStage.Resolved, NoticeStage.Opened], _desk.Stages);
        Assert.Equal(2, _desk.Events.Stages.Select(stage => stage.NoticeId).Distinct().Count());
    }

    [Fact]
    public async Task What_is_open_at_a_restart_and_seen_again_is_not_told_again()
    {
        Raise();
        await _desk.PassAsync(10 * Minute);
        await using var next = _desk.Restart();

        await next.PassAsync(5 * Minute);
        next.Board.Raise(NoticeKind.Overload, "limits.x", "still too much");
        await next.PassAsync(30 * Minute);

        Assert.Empty(next.Stages);
        Assert.Equal("still too much", Assert.Single(next.Board.Current).Text);
    }

    [Fact]
    public async Task What_is_open_at_a_restart_and_seen_to_be_over_is_told_to_be_over()
    {
        Raise();
        await _desk.PassAsync(10 * Minute);
        await using var next = _desk.Restart();
        await next.TurnAsync();

        next.Board.Clear(NoticeKind.Overload, "limits.x");
        await next.PassAsync(6 * Minute);

        Assert.Equal([NoticeStage.Resolved], next.Stages);
        Assert.Equal(_desk.Last.NoticeId, next.Last.NoticeId);
        Assert.Equal(10 * 60, next.Last.LastedSeconds);
    }

    [Fact]
    public async Task What_is_open_at_a_restart_and_seen_by_nobody_any_more_is_told_to_be_over_after_a_while()
    {
        Raise();
        await _desk.PassAsync(10 * Minute);
        await using var next = _desk.Restart();

        await next.PassAsync(9 * Minute);
        Assert.Empty(next.Stages);
        await next.PassAsync(8 * Minute);
        Assert.Equal([NoticeStage.Resolved], next.Stages);
    }

    [Fact]
    public async Task What_was_over_at_a_restart_but_not_told_so_is_told_with_its_true_end()
    {
        Raise();
        await _desk.TurnAsync();
        _desk.Board.Clear(NoticeKind.Overload, "limits.x");
        await _desk.PassAsync(Minute);
        await using var next = _desk.Restart();

        next.World.Time.Advance(30 * Minute);
        await next.TurnAsync();

        Assert.Equal([NoticeStage.Resolved], next.Stages);
        Assert.Equal(15, next.Last.LastedSeconds);
    }

    [Fact]
    public async Task Stages_stand_in_the_journal_with_rising_numbers()
    {
        Raise();
        await _desk.PassAsync(10 * Minute);

        var stages = await _desk.World.Journal.NoticeStagesSinceAsync(0, 10, CoreWorld.Never);

        Assert.Equal([(1L, NoticeStage.Opened), (2, NoticeStage.Details)], stages.Select(stage => (stage.Number, stage.Stage)));
        Assert.Equal(NoticeStage.Details, Assert.Single(await _desk.RowsAsync()).Stage);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_is_a_notice_itself_and_nothing_is_lost_of_the_others()
    {
        _desk.World.Journal.BeforeCommit = _ => throw new StorageException(StorageFailure.Full, "no room");
        Raise();
        await _desk.TurnAsync();
        await _desk.TurnAsync();

        Assert.Equal(["overload", "storeFailing"], _desk.Events.Stages.Select(stage => stage.Kind));
        Assert.Equal(["overload", "storeFailing"], _desk.Service.Outbox.Unwritten.Select(stage => stage.Kind));

        _desk.World.Journal.BeforeCommit = null;
        await _desk.PassAsync(20 * Minute);
        var written = await _desk.World.Journal.NoticeStagesSinceAsync(0, 10, CoreWorld.Never);
        Assert.Equal(["overload", "storeFailing"], written.Take(2).Select(stage => stage.Kind));
        Assert.Empty(_desk.Service.Outbox.Unwritten);
        Assert.Contains(written, stage => stage is { Kind: "storeFailing", Stage: NoticeStage.Resolved });
    }

    [Fact]
    public async Task Too_little_room_that_is_foreseen_and_then_comes_is_one_notice_with_the_forecast()
    {
        var full = _desk.World.Services.Now.AddHours(3);
        _desk.Board.Raise(NoticeKind.SpaceShort, "forecast", "full in three hours", full);
        await _desk.TurnAsync();
        Assert.Equal(full, _desk.Last.Forecast);

        _desk.Board.Raise(NoticeKind.SpaceShort, "spool and journal", "short");
        await _desk.PassAsync(10 * Minute);

        Assert.Equal([NoticeStage.Opened, NoticeStage.Details], _desk.Stages);
        Assert.Equal(["forecast", "spool and journal"], _desk.Last.Subjects);
        Assert.Equal("full in three hours; short", _desk.Last.Text);
    }

    [Fact]
    public async Task A_flood_of_causes_is_bounded()
    {
        Flood();

        await _desk.TurnAsync();

        Assert.Equal(500, _desk.Events.Stages.Count);
    }

    [Fact]
    public async Task What_is_critical_is_told_however_many_warnings_there_are()
    {
        Flood();
        await _desk.TurnAsync();

        _desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken");
        _desk.Board.Raise(NoticeKind.Overload, "limits.x", "too much");
        await _desk.TurnAsync();

        Assert.Equal("storeFailing", Assert.Single(_desk.Events.Stages.Skip(500)).Kind);
    }

    [Fact]
    public async Task What_is_critical_is_written_down_though_the_details_of_a_flood_come_in_the_same_turn()
    {
        Flood();
        await _desk.TurnAsync();
        _desk.Board.Raise(NoticeKind.StoreFailing, "disk", "broken");
        _desk.World.Time.Advance(5 * Minute);

        await _desk.TurnAsync();

        // Sinks tell what stands in the journal, and a turn writes only so many stages.
        Assert.Equal((1001, 500), (_desk.Stages.Count(), _desk.Stages.Count(stage => stage == NoticeStage.Details)));
        var written = await _desk.World.Journal.NoticeStagesSinceAsync(500, 1000, CoreWorld.Never);
        Assert.Contains(written, stage => stage is { Kind: "storeFailing", Stage: NoticeStage.Opened });
    }

    [Fact]
    public async Task Old_notices_are_forgotten_with_the_journal()
    {
        Raise();
        await _desk.TurnAsync();
        _desk.Board.Clear(NoticeKind.Overload, "limits.x");
        await _desk.PassAsync(10 * Minute);
        Assert.Single(await _desk.RowsAsync());

        _desk.World.Time.Advance(TimeSpan.FromDays(6 * 366));
        await _desk.TurnAsync();

        Assert.Empty(await _desk.RowsAsync());
        Assert.Empty(await _desk.World.Journal.NoticeStagesSinceAsync(0, 10, CoreWorld.Never));
    }

    [Fact]
    public void Every_kind_of_notice_has_its_texts() =>
        Assert.All(Enum.GetValues<NoticeKind>(), kind => Assert.NotEqual("{0}", NoticeTexts.Of(kind).Title));

    void Flood()
    {
        for (var i = 0; i < 600; i++) _desk.Board.Raise(NoticeKind.FileLate, $"origin-{i}/interface", "late");
    }

    void Raise() => _desk.Board.Raise(NoticeKind.Overload, "limits.x", "too much");
}

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Notices;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Notices;

public sealed class NoticeWatchTests : IAsyncDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly NoticeDesk _desk = new();

    CoreWorld World => _desk.World;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_destination_that_is_down_with_500_deliveries_waiting_is_one_notice_that_counts_them()
    {
        for (var i = 0; i < 500; i++) await World.SubmitAsync(Manifest($"t{i}"), Bytes(10));
        World.Services.Health.Missed("folder", World.Services.Now);

        await _desk.PassAsync(2 * Minute);

        var notice = Assert.Single(_desk.Events.Stages);
        Assert.Equal(("destinationDown", NoticeStage.Opened, NoticeSeverity.Error), (notice.Kind, notice.Stage, notice.Severity));
        Assert.Equal(["folder"], notice.Subjects);
        Assert.Equal((true, 500L, 5000L), (notice.Affected, notice.Facts!.Deliveries, notice.Facts.Bytes));
        Assert.Equal([Origin, Receiver], notice.Facts.Partners);
        Assert.Contains("has not answered since", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_told_well_within_ten_minutes_of_the_fault_and_counted_again_later()
    {
        await World.SubmitAsync(Manifest("a"), Bytes(10));
        World.Services.Health.Missed("folder", World.Services.Now);
        var fault = World.Services.Now;

        await _desk.PassAsync(3 * Minute);
        Assert.InRange(Assert.Single(_desk.Events.Stages).At - fault, Minute, 2 * Minute);
        await World.SubmitAsync(Manifest("b"), Bytes(20));
        await _desk.PassAsync(5 * Minute);

        Assert.Equal([NoticeStage.Opened, NoticeStage.Details], _desk.Stages);
        Assert.Equal((2L, 30L), (_desk.Last.Facts!.Deliveries, _desk.Last.Facts.Bytes));
    }

    [Fact]
    public async Task A_destination_that_misses_once_and_answers_is_no_notice()
    {
        World.Services.Health.Missed("folder", World.Services.Now);
        await _desk.PassAsync(Minute / 2);
        World.Services.Health.Answered("folder", World.Services.Now);
        await _desk.PassAsync(10 * Minute);

        Assert.Empty(_desk.Stages);
    }

    [Fact]
    public async Task Its_first_answer_ends_it_also_after_a_restart()
    {
        await World.SubmitAsync(Manifest("a"), Bytes(10));
        World.Services.Health.Missed("folder", World.Services.Now);
        await _desk.PassAsync(10 * Minute);
        await using var next = _desk.Restart();
        await next.PassAsync(30 * Minute);
        Assert.Empty(next.Stages);

        next.World.Services.Health.Answered("folder", next.World.Services.Now);
        await next.PassAsync(10 * Minute);

        Assert.Equal([NoticeStage.Resolved], next.Stages);
        Assert.Equal(_desk.Last.NoticeId, next.Last.NoticeId);
    }

    [Fact]
    public async Task One_that_nothing_waits_for_and_nobody_asks_is_not_down_for_ever()
    {
        World.Services.Health.Missed("folder", World.Services.Now);
        await _desk.PassAsync(10 * Minute);
        Assert.False(_desk.Events.Stages.First().Affected);

        await _desk.PassAsync(70 * Minute);

        Assert.Equal(NoticeStage.Resolved, _desk.Last.Stage);
    }

    [Fact]
    public async Task Destinations_behind_one_server_are_cut_off_together_and_one_notice()
    {
        await using var desk = new NoticeDesk(json =>
        {
            RouteTo(json, "gw-b");
            var other = json["destinations"]!.AsArray().Single(one => (string?)one!["id"] == "to-gw-b")!.DeepClone();
            other["id"] = "also-gw-b";
            json["destinations"]!.AsArray().Add(other);
        });
        desk.World.Services.Health.Missed("to-gw-b", desk.World.Services.Now);
        desk.World.Services.Health.Missed("also-gw-b", desk.World.Services.Now);

        await desk.PassAsync(2 * Minute);

        Assert.Equal(["also-gw-b", "to-gw-b"], Assert.Single(desk.Events.Stages).Subjects);
        desk.World.Services.Health.Answered("to-gw-b", desk.World.Services.Now);
        await desk.PassAsync(10 * Minute);
        Assert.DoesNotContain(NoticeStage.Resolved, desk.Stages);
        desk.World.Services.Health.Answered("also-gw-b", desk.World.Services.Now);
        await desk.PassAsync(10 * Minute);
        Assert.Equal(NoticeStage.Resolved, desk.Last.Stage);
    }

    [Fact]
    public async Task Failed_deliveries_are_one_notice_by_destination_and_code_until_somebody_has_decided_about_all()
    {
        for (var i = 0; i < 3; i++) await PutAsync($"t{i}", DeliveryState.Failed, ErrorCatalogue.AttemptsExhausted);
        await PutAsync("other", DeliveryState.Failed, ErrorCatalogue.NotAfterPassed);

        await _desk.PassAsync(Minute);

        Assert.Equal(
            ["folder/LG-6004", "folder/LG-6005"], _desk.Events.Stages.Select(stage => Assert.Single(stage.Subjects)).Order());
        Assert.Equal(3, _desk.Events.Stages.Single(stage => stage.Subjects[0] == "folder/LG-6004").Facts!.Deliveries);

        var orders = new OrderDesk(World);
        for (var i = 0; i < 3; i++)
        {
            var delivery = await World.DeliveryAsync(Identity($"t{i}"));
            Assert.True((await orders.GiveAsync(OrderKind.Cancel, delivery.DeliveryId)).Succeeded);
        }

        await _desk.PassAsync(10 * Minute);
        Assert.Equal(
            ["folder/LG-6004"],
            _desk.Events.Stages.Where(stage => stage.Stage == NoticeStage.Resolved).SelectMany(stage => stage.Subjects));
    }

    [Fact]
    public async Task A_delivery_that_is_held_for_somebody_is_told_after_a_while()
    {
        await PutAsync("a", DeliveryState.Held, ErrorCatalogue.FileExists);

        await _desk.PassAsync(4 * Minute);
        Assert.Empty(_desk.Stages);
        await _desk.PassAsync(2 * Minute);

        Assert.Equal(("deliveryHeld", "folder/LG-6003", 1L), (_desk.Last.Kind, _desk.Last.Subjects[0], _desk.Last.Facts!.Deliveries));
    }

    [Fact]
    public async Task One_that_an_operator_holds_is_no_news()
    {
        await PutAsync("a", DeliveryState.Held, ErrorCatalogue.HeldByOperator);

        await _desk.PassAsync(60 * Minute);

        Assert.Empty(_desk.Stages);
    }

    [Fact]
    public async Task A_delivery_that_stays_in_doubt_is_told_and_one_of_a_destination_that_is_down_has_the_same_cause()
    {
        await PutAsync("a", DeliveryState.InDoubt, ErrorCatalogue.DestinationUnreachable);
        await _desk.PassAsync(10 * Minute);
        Assert.Empty(_desk.Stages);
        await _desk.PassAsync(30 * Minute);
        Assert.Equal(("deliveryInDoubt", "folder"), (_desk.Last.Kind, _desk.Last.Subjects[0]));

        World.Services.Health.Missed("folder", World.Services.Now);
        await _desk.PassAsync(20 * Minute);

        Assert.Equal(
            ["deliveryInDoubt"], _desk.Events.Stages.Where(stage => stage.Stage == NoticeStage.Resolved).Select(stage => stage.Kind));
        Assert.Contains(_desk.Events.Stages, stage => stage.Kind == "destinationDown");
    }

    [Fact]
    public async Task Room_that_is_short_is_a_notice_until_there_is_enough()
    {
        World.Disk.Free = 1;
        using var stop = new CancellationTokenSource();
        var running = World.Begin(() => World.Retention.RunAsync(stop.Token));
        await World.RestAsync();
        await _desk.TurnAsync();
        Assert.Equal(("spaceShort", NoticeSeverity.Critical), (_desk.Last.Kind, _desk.Last.Severity));

        World.Disk.Free = long.MaxValue;
        await World.DriveAsync(() => _desk.Board.Current.Count == 0, "enough room");
        await _desk.PassAsync(10 * Minute);

        Assert.Equal(NoticeStage.Resolved, _desk.Last.Stage);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>An accepted transfer with its delivery in a state, at rest.</summary>
    async Task PutAsync(string transferId, DeliveryState state, ErrorEntry error)
    {
        await World.SubmitAsync(Manifest(transferId), Bytes(10));
        var delivery = await World.DeliveryAsync(Identity(transferId));
        var batch = new JournalBatch();
        batch.Deliveries.Add(delivery with
        {
            State = state,
            NextAttemptAt = null,
            LastErrorCode = error.Code,
            LastErrorText = "told to",
            UpdatedAt = World.Services.Now,
            Version = delivery.Version + 1,
        });
        await World.Journal.CommitAsync(batch, Never);
    }
}

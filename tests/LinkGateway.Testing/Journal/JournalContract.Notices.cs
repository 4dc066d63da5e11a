using LinkGateway.Contract.Notices;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using Xunit;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Testing.Journal;

/// <content>What origins and operators are told of.</content>
public abstract partial class JournalContract
{
    [Fact]
    public async Task A_failure_comes_back_with_every_field_to_its_origin_and_to_who_handed_the_transfer_in()
    {
        await CommitAsync(b =>
        {
            b.Transfers.Add(Transfer("t"));
            b.Failures.Add(Failure(1, "t"));
        });

        foreach (var participant in new[] { "142051-kaoku", "gateway-a" })
            AssertSame(Failure(1, "t") with { Sequence = 1 }, Assert.Single(await Journal.FailuresSinceAsync(participant, 0, 10, None)));
        Assert.Empty(await Journal.FailuresSinceAsync("142051-zei", 0, 10, None));
    }

    [Fact]
    public async Task Failures_come_in_order_and_in_pages_and_go_with_their_transfer()
    {
        await CommitAsync(
            b =>
            {
                b.Transfers.Add(Transfer("t"));
                b.Transfers.Add(Transfer("u"));
                b.Failures.Add(Failure(1, "t"));
                b.Failures.Add(Failure(2, "u"));
            },
            b => b.Failures.Add(Failure(1, "t")));

        Assert.Equal([1L, 2], (await Journal.FailuresSinceAsync("142051-kaoku", 0, 2, None)).Select(failure => failure.Sequence));
        Assert.Equal([3L], (await Journal.FailuresSinceAsync("142051-kaoku", 2, 2, None)).Select(failure => failure.Sequence));

        await CommitAsync(b => b.Forgotten.Add(Transfer("t")));
        Assert.Equal([2L], (await Journal.FailuresSinceAsync("142051-kaoku", 0, 9, None)).Select(failure => failure.Sequence));

        // No number is given twice, or whoever has seen it would miss the new one.
        await CommitAsync(b => b.Failures.Add(Failure(2, "u")));
        Assert.Equal([2L, 4], (await Journal.FailuresSinceAsync("142051-kaoku", 0, 9, None)).Select(failure => failure.Sequence));
        Assert.Equal(4, (await Journal.FeedHeadsAsync(None)).Failure);
    }

    [Fact]
    public async Task A_notice_comes_back_with_every_field_and_its_number_and_its_newest_row_stands()
    {
        var bare = NoticeOf(2) with { Facts = null, ClearedAt = null, ResolvedAt = null, Forecast = null };
        await CommitAsync(b => { b.Notices.Add(NoticeOf(1)); b.Notices.Add(bare); }, b => b.Notices.Add(bare with { Flaps = 3 }));

        var rows = await Journal.NoticesAsync(null, openOnly: false, 10, None);
        AssertSame(bare with { Number = 2, Flaps = 3 }, rows[0]);
        AssertSame(NoticeOf(1) with { Number = 1 }, rows[1]);
    }

    [Fact]
    public async Task Notices_come_newest_first_in_pages_and_only_open_ones_where_asked()
    {
        await CommitAsync(b =>
        {
            for (var i = 1; i <= 4; i++) b.Notices.Add(NoticeOf(i) with { ResolvedAt = i % 2 == 0 ? Night : null });
        });

        Assert.Equal([4L, 3, 2], Numbers(await Journal.NoticesAsync(null, openOnly: false, 3, None)));
        Assert.Equal([1L], Numbers(await Journal.NoticesAsync(2, openOnly: false, 3, None)));
        Assert.Equal([3L, 1], Numbers(await Journal.NoticesAsync(null, openOnly: true, 9, None)));
    }

    [Fact]
    public async Task Open_notices_and_those_that_were_resolved_a_short_while_ago_are_found_at_a_start()
    {
        await CommitAsync(b =>
        {
            b.Notices.Add(NoticeOf(1) with { ResolvedAt = null });
            b.Notices.Add(NoticeOf(2) with { ResolvedAt = Night });
            b.Notices.Add(NoticeOf(3) with { ResolvedAt = Night.AddTicks(1).ToOffset(TimeSpan.Zero) });
        });

        Assert.Equal([1L, 3], Numbers(await Journal.RecentNoticesAsync(Night, None)));
    }

    [Fact]
    public async Task Stages_come_in_order_with_numbers_that_are_never_given_twice()
    {
        await CommitAsync(b => { b.NoticeStages.Add(Stage(1)); b.NoticeStages.Add(Stage(2)); });
        AssertSame(Stage(1) with { Number = 1 }, (await Journal.NoticeStagesSinceAsync(0, 1, None))[0]);
        Assert.Equal([2L], (await Journal.NoticeStagesSinceAsync(1, 9, None)).Select(stage => stage.Number));

        await CommitAsync(b => b.NoticesBefore = Night);
        Assert.Empty(await Journal.NoticeStagesSinceAsync(0, 9, None));
        await CommitAsync(b => b.NoticeStages.Add(Stage(3)));
        Assert.Equal([3L], (await Journal.NoticeStagesSinceAsync(0, 9, None)).Select(stage => stage.Number));
        Assert.Equal(new FeedHeads(0, 0, 3), await Journal.FeedHeadsAsync(None));
    }

    [Fact]
    public async Task Old_notices_are_forgotten_and_open_ones_never()
    {
        await CommitAsync(b =>
        {
            b.Notices.Add(NoticeOf(1) with { ResolvedAt = Night });
            b.Notices.Add(NoticeOf(2) with { ResolvedAt = Night.AddTicks(1) });
            b.Notices.Add(NoticeOf(3) with { ResolvedAt = null });
        });

        await CommitAsync(b => b.NoticesBefore = Night);

        Assert.Equal([3L, 2], Numbers(await Journal.NoticesAsync(null, openOnly: false, 9, None)));
    }

    [Fact]
    public async Task Deliveries_are_grouped_by_state_destination_reason_and_whether_they_wait()
    {
        await CommitAsync(b =>
        {
            foreach (var id in new[] { "a", "b", "c", "d" }) b.Transfers.Add(Kept(id, Night) with { Size = 10 });
            b.Deliveries.Add(Held(1, "a") with { UpdatedAt = Night.AddMinutes(2) });
            b.Deliveries.Add(Held(2, "b") with
            {
                Receiver = "142051-gaibu",
                UpdatedAt = Night.AddMinutes(1),
                CreatedAt = Night.AddDays(-1),
            });
            b.Deliveries.Add(Held(3, "c") with { NextAttemptAt = Night });
            b.Deliveries.Add(Held(4, "d") with { State = DeliveryState.Waiting, LastErrorCode = null, LastErrorText = null });
        });

        var groups = await Journal.DeliveryGroupsAsync([DeliveryState.Held], None);

        Assert.Equal([(false, 1L), (true, 2)], groups.Select(group => (group.AtRest, group.Deliveries)));
        AssertSame(
            new DeliveryGroup
            {
                State = DeliveryState.Held,
                DestinationId = "d1",
                Code = "LG-6003",
                Text = "in the way",
                AtRest = true,
                Deliveries = 2,
                Bytes = 20,
                Oldest = Night.AddDays(-1),
                ChangedFirst = Night.AddMinutes(1),
                Partners = ["142051-gaibu", "142051-kaoku", "142051-zei"],
            },
            groups[1]);
        Assert.Equal(
            [(DeliveryState.Waiting, "", 1L)],
            (await Journal.DeliveryGroupsAsync([DeliveryState.Waiting], None))
                .Select(group => (group.State, group.Code, group.Deliveries)));
    }

    [Fact]
    public async Task A_failed_delivery_counts_as_long_as_its_payload_is_kept()
    {
        await CommitAsync(b =>
        {
            b.Transfers.Add(Kept("kept", Night));
            b.Transfers.Add(Kept("gone", null));
            b.Deliveries.Add(Held(1, "kept") with { State = DeliveryState.Failed });
            b.Deliveries.Add(Held(2, "gone") with { State = DeliveryState.Failed });
        });

        Assert.Equal(1, Assert.Single(await Journal.DeliveryGroupsAsync([DeliveryState.Failed], None)).Deliveries);
    }

    static DeliveryRecord Held(int number, string transferId) => Delivery(number, transferId) with
    {
        DestinationId = "d1",
        Receiver = "142051-zei",
        State = DeliveryState.Held,
        NextAttemptAt = null,
        LastErrorCode = "LG-6003",
        LastErrorText = "in the way",
    };

    static FailureRecord Failure(int number, string transferId) => new()
    {
        At = Night,
        Transfer = Identity(transferId),
        DeliveryId = Id(number),
        Receiver = "142051-zei",
        Replay = 2,
        State = DeliveryState.ReceiverRejected,
        Code = "K-17",
        Text = "家屋番号なし",
    };

    static NoticeRecord NoticeOf(int number) => new()
    {
        NoticeId = Id(number),
        Kind = NoticeKind.DestinationDown,
        Root = "https://gw-b.example:8443",
        Subjects = ["to-gw-b", "also-gw-b"],
        Text = "no answer",
        Stage = NoticeStage.Reopened,
        StageAt = Night.AddMinutes(3),
        OpenedAt = Night,
        ClearedAt = Night.AddMinutes(1),
        ResolvedAt = Night.AddMinutes(2),
        Flaps = 1,
        Forecast = Night.AddHours(1),
        Facts = new NoticeFacts { Deliveries = 500, Bytes = 1L << 40, Partners = ["142051-zei"], Oldest = Night.AddDays(-1) },
    };

    static Notice Stage(int number) => new()
    {
        NoticeId = Id(number),
        Gateway = "gw-a",
        Environment = "production",
        Stage = NoticeStage.Details,
        Kind = "destinationDown",
        Severity = NoticeSeverity.Error,
        Subjects = ["to-gw-b"],
        Title = "to-gw-b cannot be reached",
        TitleJa = "to-gw-b に接続できません",
        Text = "no answer",
        Act = "tried again",
        ActJa = "再試行します",
        Advice = "look",
        AdviceJa = "確認してください",
        Affected = true,
        Since = Night,
        At = Night,
    };

    static IEnumerable<long> Numbers(IEnumerable<NoticeRecord> notices) => notices.Select(notice => notice.Number);
}

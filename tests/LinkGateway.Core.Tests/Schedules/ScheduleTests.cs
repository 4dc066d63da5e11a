using LinkGateway.Core.Configuration;
using LinkGateway.Core.Schedules;

namespace LinkGateway.Core.Tests.Schedules;

public class ScheduleTests
{
    static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Times_of_the_day_come_in_their_order_day_after_day()
    {
        var schedule = new Schedule(new ScheduleSettings { Times = ["21:30", "01:00"] }, Tokyo);

        Assert.Equal(
            ["2026-11-27T01:00+09:00", "2026-11-27T21:30+09:00", "2026-11-28T01:00+09:00"],
            Runs(schedule, "2026-11-26T22:00+09:00", 3));
    }

    [Fact]
    public void A_time_is_not_its_own_successor() => Assert.Equal(
        ["2026-11-28T01:00+09:00"], Runs(new Schedule(new ScheduleSettings { Times = ["01:00"] }, Tokyo), "2026-11-27T01:00+09:00", 1));

    [Fact]
    public void A_part_of_the_day_may_go_over_midnight()
    {
        var settings = new ScheduleSettings { Every = TimeSpan.FromHours(3), From = "22:00", Until = "05:00" };

        Assert.Equal(
            [
                "2026-11-27T01:00+09:00", "2026-11-27T04:00+09:00", "2026-11-27T22:00+09:00", "2026-11-28T01:00+09:00",
            ],
            Runs(new Schedule(settings, Tokyo), "2026-11-26T22:00+09:00", 4));
    }

    [Fact]
    public void Without_a_part_of_the_day_it_is_the_whole_of_it()
    {
        var settings = new ScheduleSettings { Every = TimeSpan.FromHours(8) };

        Assert.Equal(
            ["2026-11-26T16:00+09:00", "2026-11-27T00:00+09:00", "2026-11-27T08:00+09:00"],
            Runs(new Schedule(settings, Tokyo), "2026-11-26T08:00+09:00", 3));
    }

    [Fact]
    public void Days_of_the_week_are_those_on_which_it_begins()
    {
        // 2026-11-27 is a Friday.
        var settings = new ScheduleSettings
        {
            Every = TimeSpan.FromHours(4),
            From = "22:00",
            Until = "03:00",
            Days = [DayOfWeek.Friday],
        };

        Assert.Equal(
            ["2026-11-27T22:00+09:00", "2026-11-28T02:00+09:00", "2026-12-04T22:00+09:00"],
            Runs(new Schedule(settings, Tokyo), "2026-11-21T12:00+09:00", 3));
    }

    [Fact]
    public void A_time_that_the_clocks_skip_is_as_much_later_as_they_skip() => Assert.Equal(
        ["2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00"],
        Runs(new Schedule(new ScheduleSettings { Times = ["02:30"] }, Berlin), "2026-03-28T00:00+01:00", 3));

    [Fact]
    public void Times_that_the_clocks_put_into_another_order_come_in_that_order() => Assert.Equal(
        ["2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00", "2026-03-30T03:00+02:00"],
        Runs(new Schedule(new ScheduleSettings { Times = ["02:30", "03:00"] }, Berlin), "2026-03-29T00:00+01:00", 4));

    [Fact]
    public void A_time_that_comes_twice_counts_once() => Assert.Equal(
        ["2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"],
        Runs(new Schedule(new ScheduleSettings { Times = ["02:30"] }, Berlin), "2026-10-25T00:00+02:00", 2));

    [Fact]
    public void Steps_keep_their_length_when_the_clocks_are_put_back() => Assert.Equal(
        ["2026-10-25T01:00+02:00", "2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00", "2026-10-26T01:00+01:00"],
        Runs(
            new Schedule(new ScheduleSettings { Every = TimeSpan.FromHours(1), From = "01:00", Until = "04:00" }, Berlin),
            "2026-10-25T00:00+02:00", 5));

    [Fact]
    public void It_tells_itself_in_words()
    {
        Assert.Equal(
            "monday: 01:00, 02:00", new Schedule(new() { Times = ["01:00", "02:00"], Days = [DayOfWeek.Monday] }, Tokyo).ToString());
        Assert.Equal(
            "every 00:10:00 from 22:00 until 06:00",
            new Schedule(new() { Every = TimeSpan.FromMinutes(10), From = "22:00", Until = "06:00" }, Tokyo).ToString());
    }

    static IEnumerable<string> Runs(Schedule schedule, string after, int count)
    {
        var at = DateTimeOffset.Parse(after, null);
        for (var i = 0; i < count; i++)
        {
            at = schedule.Next(at);
            yield return $"{at:yyyy-MM-ddTHH:mmzzz}";
        }
    }
}

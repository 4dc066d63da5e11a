using System.Globalization;
using LinkGateway.Core.Calendars;
using LinkGateway.Core.Configuration;
using Calendar = LinkGateway.Core.Calendars.Calendar;

namespace LinkGateway.Core.Tests.Calendars;

public sealed class CalendarTests
{
    // A Wednesday.
    const string Wednesday = "2026-04-01";

    static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    static readonly DayOfWeek[] Workdays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    [Fact]
    public void A_calendar_without_windows_is_always_open()
    {
        var always = Of(new CalendarSettings { Id = "always" });

        Assert.Equal(At("2026-04-01T12:00+09:00"), always.OpensAt(At("2026-04-01T12:00+09:00")));
        Assert.True(always.ClosesAt(At("2026-04-01T12:00+09:00")) >= At("2026-04-09T12:00+09:00"));
    }

    [Theory]
    [InlineData("2026-04-01T21:59:59+09:00", "2026-04-01T22:00+09:00")]
    [InlineData("2026-04-01T22:00+09:00", "2026-04-01T22:00+09:00")]
    [InlineData("2026-04-02T05:59:59+09:00", "2026-04-02T05:59:59+09:00")]
    [InlineData("2026-04-02T06:00+09:00", "2026-04-02T22:00+09:00")]
    [InlineData("2026-04-01T20:59:59Z", "2026-04-01T20:59:59Z")]
    public void A_window_may_go_over_midnight_and_is_closed_at_its_end(string at, string opens) =>
        Assert.Equal(At(opens), Night().OpensAt(At(at)));

    [Fact]
    public void It_closes_at_the_end_of_the_window_that_is_open()
    {
        Assert.Equal(At("2026-04-02T06:00+09:00"), Night().ClosesAt(At("2026-04-01T23:00+09:00")));
        Assert.Equal(At("2026-04-02T06:00+09:00"), Night().ClosesAt(At("2026-04-02T01:00+09:00")));
        Assert.Null(Night().ClosesAt(At("2026-04-02T06:00+09:00")));
    }

    [Fact]
    public void Windows_that_touch_or_overlap_are_one()
    {
        var calendar = Of(new CalendarSettings
        {
            Id = "c",
            Windows = [Window("01:00", "03:00"), Window("02:00", "04:00"), Window("04:00", "05:00"), Window("06:00", "07:00")],
        });

        Assert.Equal(At("2026-04-01T05:00+09:00"), calendar.ClosesAt(At("2026-04-01T01:30+09:00")));
        Assert.Equal(At("2026-04-01T06:00+09:00"), calendar.OpensAt(At("2026-04-01T05:00+09:00")));
    }

    [Fact]
    public void A_window_belongs_to_the_day_on_which_it_begins()
    {
        var fridays = Of(new CalendarSettings { Id = "c", Windows = [Window("22:00", "06:00", DayOfWeek.Friday)] });

        Assert.Equal(At("2026-04-03T22:00+09:00"), fridays.OpensAt(At("2026-04-03T05:00+09:00")));
        Assert.Equal(At("2026-04-04T06:00+09:00"), fridays.ClosesAt(At("2026-04-04T05:00+09:00")));
        Assert.False(fridays.HasDay(new DateOnly(2026, 4, 4)));
    }

    [Fact]
    public void Holidays_change_nothing_where_they_have_no_windows_of_their_own()
    {
        var calendar = Of(new CalendarSettings { Id = "c", Windows = [Window("22:00", "06:00")], Holidays = [Day(Wednesday)] });

        Assert.Equal(At("2026-04-01T22:00+09:00"), calendar.OpensAt(At("2026-04-01T12:00+09:00")));
    }

    [Fact]
    public void On_holidays_their_own_windows_hold_and_the_night_that_began_before_goes_on()
    {
        var calendar = Of(new CalendarSettings
        {
            Id = "c",
            Windows = [Window("22:00", "06:00")],
            Holidays = [Day(Wednesday)],
            HolidayWindows = [Window("10:00", "12:00")],
        });

        Assert.Equal(At("2026-04-01T06:00+09:00"), calendar.ClosesAt(At("2026-04-01T05:00+09:00")));
        Assert.Equal(At("2026-04-01T10:00+09:00"), calendar.OpensAt(At("2026-04-01T06:00+09:00")));
        Assert.Equal(At("2026-04-02T22:00+09:00"), calendar.OpensAt(At("2026-04-01T12:00+09:00")));
    }

    [Fact]
    public void Working_days_are_a_calendar_too()
    {
        var calendar = Of(
            new CalendarSettings { Id = "c", Windows = [new CalendarWindow { Days = Workdays }], HolidayWindows = [] },
            "2026-05-04", "2026-05-05");

        Assert.True(calendar.HasDay(Day("2026-05-01")));
        Assert.All(["2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05"], day => Assert.False(calendar.HasDay(Day(day))));
        Assert.True(calendar.HasDay(Day("2026-05-06")));
        Assert.Equal(At("2026-05-06T00:00+09:00"), calendar.OpensAt(At("2026-05-02T00:00+09:00")));
    }

    [Fact]
    public void A_calendar_that_has_only_been_open_in_the_past_never_opens()
    {
        var holidays = Enumerable.Range(0, 1000).Select(day => Day(Wednesday).AddDays(day));
        var calendar = new Calendar(new CalendarSettings { Id = "c", HolidayWindows = [] }, holidays, Tokyo);

        Assert.Null(calendar.OpensAt(At("2026-04-01T12:00+09:00")));
    }

    // 2026-03-29: at 02:00 the clocks of Berlin jump to 03:00.
    [Theory]
    [InlineData("02:30", "05:00", "2026-03-29T01:00Z", "2026-03-29T03:00Z")]
    [InlineData("01:00", "02:30", "2026-03-29T00:00Z", "2026-03-29T01:00Z")]
    [InlineData("01:00", "04:00", "2026-03-29T00:00Z", "2026-03-29T02:00Z")]
    public void A_time_that_is_skipped_is_the_instant_of_the_jump(string from, string to, string opens, string closes)
    {
        var calendar = Of(new CalendarSettings { Id = "c", TimeZone = "Europe/Berlin", Windows = [Window(from, to)] });

        Assert.Equal(At(opens), calendar.OpensAt(At("2026-03-28T23:30Z")));
        Assert.Equal(At(closes), calendar.ClosesAt(At(opens)));
    }

    [Fact]
    public void A_window_within_the_skipped_hour_does_not_open_on_that_day()
    {
        var calendar = Of(new CalendarSettings { Id = "c", TimeZone = "Europe/Berlin", Windows = [Window("02:10", "02:50")] });

        Assert.Equal(At("2026-03-30T00:10Z"), calendar.OpensAt(At("2026-03-28T23:30Z")));
    }

    // 2026-10-25: at 03:00 summer time the clocks of Berlin go back to 02:00.
    [Theory]
    [InlineData("02:30", "05:00", "2026-10-25T00:30Z", "2026-10-25T04:00Z")]
    [InlineData("01:00", "02:30", "2026-10-24T23:00Z", "2026-10-25T00:30Z")]
    [InlineData("02:10", "02:50", "2026-10-25T00:10Z", "2026-10-25T00:50Z")]
    [InlineData("01:00", "04:00", "2026-10-24T23:00Z", "2026-10-25T03:00Z")]
    public void A_time_that_comes_twice_is_the_first_one(string from, string to, string opens, string closes)
    {
        var calendar = Of(new CalendarSettings { Id = "c", TimeZone = "Europe/Berlin", Windows = [Window(from, to)] });

        Assert.Equal(At(opens), calendar.OpensAt(At("2026-10-24T22:30Z")));
        Assert.Equal(At(closes), calendar.ClosesAt(At(opens)));
        Assert.Equal(Day("2026-10-26"), LocalTimes.DayOf(calendar.OpensAt(At(closes))!.Value, Berlin));
    }

    [Fact]
    public void Local_times_keep_their_order_through_both_changes_of_the_clock()
    {
        foreach (var day in (string[])["2026-03-29", "2026-10-25"])
        {
            var times = Enumerable.Range(0, 24 * 60).Select(minute => TimeOnly.MinValue.AddMinutes(minute));
            var instants = times.Select(time => LocalTimes.ToInstant(Day(day), time, Berlin)).ToList();
            Assert.Equal(instants.Order(), instants);
        }
    }

    static Calendar Night() => Of(new CalendarSettings { Id = "night", Windows = [Window("22:00", "06:00")] });

    static Calendar Of(CalendarSettings settings, params string[] holidays) => new(settings, holidays.Select(Day), Tokyo);

    static CalendarWindow Window(string from, string to, params DayOfWeek[] days) => new()
    {
        Days = days,
        From = TimeOnly.Parse(from, CultureInfo.InvariantCulture),
        To = TimeOnly.Parse(to, CultureInfo.InvariantCulture),
    };

    static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

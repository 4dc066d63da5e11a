using System.Globalization;
using System.Text.Json.Nodes;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

public sealed class CalendarRuleTests
{
    const string HolidayPath = "holidays.csv";

    [Fact]
    public void Calendars_windows_and_planned_stops_are_read_with_their_defaults()
    {
        var snapshot = Snapshot(json =>
        {
            json["calendars"] = JsonNode.Parse("""
                [{ "id": "night", "windows": [{ "days": ["monday", "friday"], "from": "22:00", "to": "24:00" }] }, { "id": "always" }]
                """);
            json["routes"]![0]!["window"] = JsonNode.Parse("""{ "calendar": "night" }""");
            json["destinations"]![1]!["maintenance"] = JsonNode.Parse("""
                [{ "from": "2026-12-29T18:00", "to": "2027-01-04T06:00+08:00", "text": "年末年始" }, { "calendar": "night" }]
                """);
        });

        var night = snapshot.Routes.All[0].Hours!;
        Assert.False(night.StopAtEnd);
        Assert.Equal(At("2026-04-04T00:00+09:00"), night.Calendar.ClosesAt(At("2026-04-03T22:00+09:00")));
        Assert.Null(snapshot.Routes.All[1].Hours);
        var stop = snapshot.Calendars.StopsOf("to-gw-b").At(At("2026-12-31T00:00Z"))!.Value;
        Assert.Equal((At("2026-12-29T18:00+09:00"), At("2027-01-04T06:00+08:00"), "年末年始"), (stop.From, stop.To, stop.Text));
        Assert.Null(snapshot.Calendars.StopsOf("folder").At(At("2026-12-31T00:00Z")));
    }

    [Theory]
    [InlineData("""[{ "id": "a b" }]""", "$.calendars[0].id")]
    [InlineData("""[{ "id": "a" }, { "id": "a" }]""", "$.calendars[1].id")]
    [InlineData("""[{ "id": "a", "timeZone": "Asia/Edo" }]""", "$.calendars[0].timeZone")]
    [InlineData("""[{ "id": "a", "windows": [{ "from": "25:00" }] }]""", "$.calendars[0].windows[0].from")]
    [InlineData("""[{ "id": "a", "windows": [{ "days": ["workday"] }] }]""", "$.calendars[0].windows[0].days[0]")]
    [InlineData("""[{ "id": "a", "holidays": ["1.1.2026"] }]""", "$.calendars[0].holidays[0]")]
    [InlineData("""[{ "id": "a", "holidayFile": "nowhere.csv" }]""", "$.calendars[0].holidayFile")]
    public void A_calendar_that_cannot_be_meant_is_an_error(string calendars, string path) =>
        SingleError(path, json => json["calendars"] = JsonNode.Parse(calendars));

    [Theory]
    [InlineData("""{ "from": "2026-12-29T18:00" }""", "$.destinations[0].maintenance[0]")]
    [InlineData("""{ "text": "some time" }""", "$.destinations[0].maintenance[0]")]
    [InlineData("""{ "calendar": "none" }""", "$.destinations[0].maintenance[0].calendar")]
    [InlineData("""{ "from": "2026-12-29", "to": "2026-12-30T00:00" }""", "$.destinations[0].maintenance[0].from")]
    [InlineData("""{ "from": "0001-01-01T00:00", "to": "2026-12-30T00:00" }""", "$.destinations[0].maintenance[0].from")]
    [InlineData("""{ "from": "2026-12-29T18:00", "to": "2026-12-29T10:00+01:00" }""", "$.destinations[0].maintenance[0].to")]
    public void A_planned_stop_says_from_when_to_when(string stop, string path) =>
        SingleError(path, json => json["destinations"]![0]!["maintenance"] = new JsonArray(JsonNode.Parse(stop)));

    [Fact]
    public void A_window_names_a_calendar_that_is_there() => SingleError("$.routes[1].window.calendar", json =>
        json["routes"]![1]!["window"] = new JsonObject { ["calendar"] = "night" });

    [Theory]
    [InlineData("\uFEFF2026-01-01 New Year\n\n# more\n2026-01-12\r\n")]
    [InlineData("国民の祝日・休日月日,国民の祝日・休日名称\r\n2026/1/1,元日\r\n2026/1/12,成人の日\r\n")]
    public void Holidays_are_read_from_a_file_also_from_the_one_of_the_Cabinet_Office(string text)
    {
        var host = new TestHost();
        host.Files[System.IO.Path.Combine(BasePath, HolidayPath)] = text;
        var snapshot = Snapshot(json => json["calendars"] = new JsonArray(JsonNode.Parse(
            $$"""{ "id": "workdays", "holidayFile": "{{HolidayPath}}", "holidayWindows": [], "holidays": ["2026-04-29"] }""")), host);

        var calendar = snapshot.Calendars.ById["workdays"];
        Assert.All(
            [new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 12), new DateOnly(2026, 4, 29)], day => Assert.False(calendar.HasDay(day)));
        Assert.True(calendar.HasDay(new DateOnly(2026, 1, 2)));
    }

    [Theory]
    [InlineData("2026-01-01\nsoon\n", "line 2")]
    [InlineData("nothing\n", "no date")]
    public void A_file_of_holidays_with_something_else_in_it_is_an_error(string text, string problem)
    {
        var host = new TestHost();
        host.Files[System.IO.Path.Combine(BasePath, HolidayPath)] = text;

        var error = SingleError("$.calendars[0].holidayFile", json => json["calendars"] = new JsonArray(JsonNode.Parse(
            $$"""{ "id": "workdays", "holidayFile": "{{HolidayPath}}" }""")), host);

        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

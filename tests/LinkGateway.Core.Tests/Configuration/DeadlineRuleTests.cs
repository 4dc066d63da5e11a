using System.Text.Json.Nodes;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

public sealed class DeadlineRuleTests
{
    [Theory]
    [InlineData("{}", "$.routes[0].deadline")]
    [InlineData("""{ "at": "05:00", "after": "01:00:00" }""", "$.routes[0].deadline")]
    [InlineData("""{ "at": "5 o'clock" }""", "$.routes[0].deadline.at")]
    [InlineData("""{ "at": "05:00", "calendar": "none" }""", "$.routes[0].deadline.calendar")]
    [InlineData("""{ "after": "01:00:00", "calendar": "days" }""", "$.routes[0].deadline.calendar")]
    [InlineData("""{ "after": "00:00:00" }""", "$.routes[0].deadline.after")]
    [InlineData("""{ "after": "32.00:00:00" }""", "$.routes[0].deadline.after")]
    public void A_deadline_is_a_time_of_day_or_so_long_after(string deadline, string path) => SingleError(path, json =>
    {
        json["calendars"] = new JsonArray(new JsonObject { ["id"] = "days" });
        json["routes"]![0]!["deadline"] = JsonNode.Parse(deadline);
    });

    [Theory]
    [InlineData("""{ "origin": "nobody" }""", "$.expected[0].origin")]
    [InlineData("""{ "interface": "none" }""", "$.expected[0].interface")]
    [InlineData("""{ "receiver": "nobody" }""", "$.expected[0].receiver")]
    [InlineData("""{ "calendar": "none" }""", "$.expected[0].calendar")]
    [InlineData("""{ "from": "02:00" }""", "$.expected[0].from")]
    [InlineData("""{ "by": "soon" }""", "$.expected[0].by")]
    [InlineData("""{ "by": null }""", "$.expected[0].by")]
    public void An_expected_file_names_what_is_known_and_a_time(string change, string path) => SingleError(path, json =>
    {
        var expected = Expected();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) expected[name] = value?.DeepClone();
        json["expected"] = new JsonArray(expected);
    });

    [Fact]
    public void A_file_is_expected_once_by_the_same_time() =>
        SingleError("$.expected[1].by", json => json["expected"] = new JsonArray(Expected(), Expected()));

    static JsonObject Expected() => new() { ["origin"] = "142051-kaoku", ["interface"] = "kaoku-ido", ["by"] = "02:00" };
}

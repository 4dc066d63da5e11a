using System.Text.Json.Nodes;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

public class WatchRuleTests
{
    [Fact]
    public void A_watch_with_everything_is_right_and_its_folders_are_absolute()
    {
        var watch = Snapshot(With("""
            { "files": ["*.csv"], "complete": "marker", "afterwards": "move", "doneFolder": "done", "errorFolder": "error",
              "namePattern": "(?<baseDate>\\d{8})\\.csv", "schedule": { "every": "00:10:00", "from": "22:00", "until": "06:00" } }
            """)).Configuration.Watches.Single();

        Assert.Equal(Path.Combine(BasePath, "done"), watch.DoneFolder);
    }

    [Theory]
    [InlineData("id", """{ "id": "a/b" }""")]
    [InlineData("origin", """{ "origin": "nobody" }""")]
    [InlineData("interface", """{ "interface": "nothing", "receivers": [], "namePattern": "(?<receiver>.*)" }""")]
    [InlineData("receivers", """{ "receivers": [] }""")]
    [InlineData("files", """{ "files": [] }""")]
    [InlineData("files[0]", """{ "files": ["a/b.csv"] }""")]
    [InlineData("markerSuffix", """{ "markerSuffix": "" }""")]
    [InlineData("namePattern", """{ "namePattern": "(" }""")]
    [InlineData("namePattern", """{ "namePattern": "(?=a)a" }""")]
    [InlineData("doneFolder", """{ "afterwards": "move" }""")]
    [InlineData("errorFolder", """{ "errorFolder": "./in" }""")]
    [InlineData("folder", """{ "folder": "./out" }""")]
    [InlineData("stableFor", """{ "stableFor": "00:00:00" }""")]
    [InlineData("lookEvery", """{ "lookEvery": "02:00:00" }""")]
    [InlineData("filesInFlight", """{ "filesInFlight": 0 }""")]
    [InlineData("schedule", """{ "schedule": {} }""")]
    [InlineData("schedule", """{ "schedule": { "times": ["01:00"], "every": "01:00:00" } }""")]
    [InlineData("schedule.times[0]", """{ "schedule": { "times": ["24:00"] } }""")]
    [InlineData("schedule.every", """{ "schedule": { "every": "00:00:01" } }""")]
    [InlineData("schedule.from", """{ "schedule": { "every": "01:00:00", "from": "1 o'clock" } }""")]
    public void What_is_wrong_with_a_watch_is_told_by_its_path(string path, string change) =>
        SingleError($"$.watches[0].{path}", With(change));

    [Fact]
    public void A_receiver_to_whom_no_route_leads_is_told() =>
        SingleError("$.watches[0].receivers[0]", With("""{ "receivers": ["142051-kaoku"] }"""));

    [Fact]
    public void Ids_of_watches_are_their_own() => SingleError("$.watches[1].id", json =>
    {
        With("{}")(json);
        json["watches"]!.AsArray().Add(json["watches"]![0]!.DeepClone());
    });

    [Fact]
    public void A_pull_may_have_a_schedule_too() => SingleError("$.pulls[0].schedule.times[0]", json =>
        json["pulls"] = JsonNode.Parse("""
            [{ "id": "outer", "url": "https://gw-c.example:8443/batch", "gateway": "gw-c", "schedule": { "times": ["1:00"] },
               "credentials": { "basic": { "user": "gw-a", "password": "env:GW_C" } } }]
            """));

    static Action<JsonNode> With(string change) => json =>
    {
        var watch = JsonNode.Parse("""
            { "id": "kaoku", "folder": "./in", "origin": "142051-kaoku", "interface": "kaoku-ido", "receivers": ["142051-akiya"] }
            """)!;
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) watch[name] = value?.DeepClone();
        json["watches"] = new JsonArray(watch);
    };
}

using System.Text.Json.Nodes;
using LinkGateway.Core.Configuration;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

public class ShapeTests
{
    [Fact]
    public void Text_that_is_no_json_is_one_error_with_its_line()
    {
        var error = Assert.Single(GatewayConfiguration.Parse("{\n  \"gateway\": oops\n}", BasePath, new TestHost()).Errors);

        Assert.Equal("$", error.Path);
        Assert.Contains("line 2", error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    public void Json_that_is_no_object_is_one_error(string json) =>
        Assert.Equal("$", Assert.Single(GatewayConfiguration.Parse(json, BasePath, new TestHost()).Errors).Path);

    [Fact]
    public void An_empty_object_lacks_the_required_sections()
    {
        var errors = GatewayConfiguration.Parse("{}", BasePath, new TestHost()).Errors;

        Assert.Equal(["$.gateway", "$.data", "$.listeners"], errors.Select(error => error.Path));
    }

    [Fact]
    public void An_unknown_setting_is_an_error_that_names_the_known_ones()
    {
        var error = SingleError("$.routes[1].retry.tries", json => json["routes"]![1]!["retry"] = new JsonObject { ["tries"] = 3 });

        Assert.Contains("attempts", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_setting_with_odd_characters_has_a_quoted_path() =>
        SingleError("$.limits['a b']", json => json["limits"]!["a b"] = 1);

    [Fact]
    public void A_setting_of_another_kind_of_destination_is_unknown() =>
        SingleError("$.destinations[0].url", json => json["destinations"]![0]!["url"] = "https://x");

    [Fact]
    public void A_setting_that_is_computed_cannot_be_stated() =>
        SingleError("$.data.journalDirectory", json => json["data"]!["journalDirectory"] = "x");

    [Fact]
    public void A_setting_stated_twice_is_an_error()
    {
        var errors = GatewayConfiguration.Parse("""
            {
              "gateway": { "id": "a", "id": "b", "environment": "test" },
              "data": { "directory": "." },
              "listeners": [{ "url": "https://127.0.0.1:0" }]
            }
            """, BasePath, new TestHost()).Errors;

        Assert.Equal("$.gateway.id", Assert.Single(errors).Path);
    }

    public static TheoryData<string, string, string> WrongValues => new()
    {
        { "$.gateway.id", "5", "a text" },
        { "$.gateway.environment", "\"prod\"", "\"production\", \"training\", \"test\"" },
        { "$.gateway.environment", "1", "\"production\"" },
        { "$.data.directory", "\"\"", "a text" },
        { "$.listeners", "{}", "a list" },
        { "$.listeners[0]", "\"https://x\"", "an object" },
        { "$.listeners[0].allowPlainHttp", "\"yes\"", "true or false" },
        { "$.participants[0].credentials", "[]", "an object" },
        { "$.interfaces[0].versions[0].effectiveFrom", "\"2026/04/01\"", "yyyy-MM-dd" },
        { "$.interfaces[0].kinds[1]", "\"異動\"", "\"change\"" },
        { "$.destinations[0].onExists", "\"overwrite\"", "\"replace\"" },
        { "$.destinations[0].nameTemplate", "\"{file}\"", "{fileName}" },
        { "$.destinations[0].kind", "\"ftp\"", "folder, gateway, inbox" },
        { "$.destinations[1].chunksInFlight", "1.5", "a whole number" },
        { "$.routes[0].retention", "7", "d.hh:mm:ss" },
        { "$.routes[0].retention", "\"P7D\"", "d.hh:mm:ss" },
        { "$.routes[0].retention", "\"24:00:00\"", "d.hh:mm:ss" },
        { "$.limits.rootBytes", "\"4 MB\"", "MiB" },
        { "$.limits.rootBytes", "1e30", "MiB" },
        { "$.limits.rootBytes", "\"9999999999TiB\"", "MiB" },
        { "$.participants[0].id", "null", "Give a value" },
        { "$.participants[0].kind", "null", "Give a value" },
        { "$.participants[1].mayForwardFor", "null", "Give a value" },
        { "$.routes[0].retry", "null", "Give a value" },
        { "$.participants[2].mayForwardFor[0]", "null", "a text" },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void A_value_of_the_wrong_type_is_one_error_that_says_what_belongs_there(string path, string value, string expected)
    {
        var error = SingleError(path, json => Set(json, path, JsonNode.Parse(value)));

        Assert.Contains(expected, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$.gateway.timeZone")]
    [InlineData("$.destinations[0].path")]
    [InlineData("$.routes[1].receiver")]
    public void Null_or_absence_is_an_error_where_a_value_is_needed(string path) => SingleError(path, json => Set(json, path, null));

    [Fact]
    public void Optional_values_may_be_null() => Snapshot(json =>
    {
        json["data"]!["journal"] = null;
        json["receipts"]!["certificate"] = null;
        json["participants"]![1]!["credentials"] = null;
        json["routes"]![0]!["environment"] = null;
    });

    [Fact]
    public void A_password_in_the_file_is_refused_and_not_repeated()
    {
        var error = SingleError("$.participants[0].credentials.basic.password",
            json => json["participants"]![0]!["credentials"]!["basic"]!["password"] = "hunter2");

        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("env:NAME", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_of_shape_and_of_meaning_and_of_files_are_reported_at_once()
    {
        var errors = Parse(json =>
        {
            json["gateway"]!["id"] = 5;
            json["limits"]!["maxChunks"] = "many";
            json["extra"] = true;
            json["participants"]![0]!["organisationCode"] = "142052";
            json["receipts"]!["trust"]![0]!["certificates"]![0] = "missing.pem";
            json["destinations"]![1]!["chunksInFlight"] = 0;
            json["routes"]![0]!["destination"] = "nowhere";
        }).Errors;

        Assert.Equal(
        [
            "$.destinations[1].chunksInFlight", "$.extra", "$.gateway.id", "$.limits.maxChunks", "$.participants[0].organisationCode",
            "$.receipts.trust[0].certificates[0]", "$.routes[0].destination",
        ], errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_wrong_id_makes_no_further_errors_where_it_may_have_been_meant() =>
        SingleError("$.participants[0].id", json => json["participants"]![0]!["id"] = 5);

    [Theory]
    [InlineData("""{ "\ud800": 1 }""")]
    [InlineData("""{ "gateway": { "id": "\ud800", "environment": "\ud800", "timeZone": "\ud800" } }""")]
    [InlineData("""{ "data": { "directory": "\ud800" }, "destinations": [{ "kind": "\ud800" }, { "kind": 5 }, {}, null] }""")]
    public void Half_a_surrogate_pair_is_no_json(string json) =>
        Assert.Equal("$", Assert.Single(GatewayConfiguration.Parse(json, BasePath, new TestHost()).Errors).Path);

    // Every value of the valid configuration, one at a time, is replaced by values of all kinds.
    [Fact]
    public void Whatever_stands_anywhere_the_answer_is_a_result()
    {
        string[] values =
        [
            "null", "true", "-1", "1e99", "\"\"", "\"*\"", "\"\\u0000\"", "\"http://\"", "[]", "[null]", "{}", "{ \"kind\": \"folder\" }",
        ];
        foreach (var path in Paths())
            foreach (var value in values)
            {
                var result = Parse(json => Set(json, path, JsonNode.Parse(value)));
                Assert.All(result.Errors, error => Assert.StartsWith("$", error.Path, StringComparison.Ordinal));
                Assert.Equal(result.Errors.Count == 0, result.Succeeded);
            }
    }

    static List<string> Paths()
    {
        var paths = new List<string>();
        Parse(json => Collect(json));
        return paths;

        void Collect(JsonNode? node)
        {
            if (node is null) return;
            if (node.GetPath() is not "$" and var path) paths.Add(path);
            if (node is JsonObject members) foreach (var member in members) Collect(member.Value);
            if (node is JsonArray elements) foreach (var element in elements) Collect(element);
        }
    }

    static void Set(JsonNode json, string path, JsonNode? value)
    {
        var steps = path[2..].Split('.', '[').Select(step => step.TrimEnd(']')).ToList();
        foreach (var step in steps[..^1]) json = Step(json, step)!;
        if (int.TryParse(steps[^1], out var index)) json[index] = value;
        else json[steps[^1]] = value;
    }

    static JsonNode? Step(JsonNode json, string step) => int.TryParse(step, out var index) ? json[index] : json[step];
}

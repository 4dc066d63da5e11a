using System.Text.Json.Nodes;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Configuration;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

/// <summary>What must hold of synchronous services, and how their routes are found.</summary>
public class ServiceRuleTests
{
    [Fact]
    public void A_call_finds_the_route_of_its_origin_service_and_organisation()
    {
        var services = Snapshot(WithService).Services;
        var (fujisawa, chiyoda) = (Code("14205"), Code("131016"));

        Assert.Equal("juki", services.Resolve("142051-kaoku", "ResidentLookup", fujisawa)!.Receiver);
        Assert.Null(services.Resolve("142051-akiya", "ResidentLookup", fujisawa));
        Assert.Null(services.Resolve("142051-kaoku", "residentlookup", fujisawa));
        Assert.Null(services.Resolve("142051-kaoku", "ResidentLookup", chiyoda));
        Assert.Equal("resident", services.Find("ResidentLookup")!.Id);
    }

    [Fact]
    public void A_route_for_any_origin_gives_way_to_one_that_names_it()
    {
        var services = Snapshot(json =>
        {
            WithService(json);
            json["routes"]!.AsArray().Add(JsonNode.Parse(
                """{ "origin": "*", "interface": "resident", "receiver": "juki", "destination": "juki-2" }"""));
        }).Services;
        var fujisawa = Code("142051");

        Assert.Equal("juki", services.Resolve("142051-kaoku", "ResidentLookup", fujisawa)!.Destination.Id);
        Assert.Equal("juki-2", services.Resolve("142051-akiya", "ResidentLookup", fujisawa)!.Destination.Id);
    }

    [Fact]
    public void Alternates_and_validation_come_with_the_route()
    {
        var route = Snapshot(WithService).Services.Resolve("142051-kaoku", "ResidentLookup", Code("142051"))!;

        Assert.Equal(["juki-2"], route.Alternates.Select(destination => destination.Id));
        Assert.Equal(ValidationMode.Enforce, route.Validation.Request);
        Assert.Equal(ValidationMode.Off, route.Validation.Response);
    }

    [Fact]
    public void A_service_needs_a_catalogue() => SingleError("$.interfaces[1].service", json =>
    {
        WithService(json);
        json.AsObject().Remove("catalogue");
    });

    [Fact]
    public void A_service_name_belongs_to_one_interface() => SingleError("$.interfaces[2].service.name", json =>
    {
        WithService(json);
        json["interfaces"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "other", "service": { "name": "ResidentLookup", "wsdl": "x.wsdl" } }"""));
    });

    [Fact]
    public void An_address_leads_to_one_receiver() => SingleError("$.routes[3].receiver", json =>
    {
        WithService(json);
        json["participants"]!.AsArray().Add(JsonNode.Parse("""{ "id": "juki-b", "organisationCode": "14205" }"""));
        json["routes"]!.AsArray().Add(JsonNode.Parse(
            """{ "origin": "142051-kaoku", "interface": "resident", "receiver": "juki-b", "destination": "juki" }"""));
    });

    [Fact]
    public void A_receiver_of_calls_has_an_organisation_code() => SingleError("$.routes[2].receiver", json =>
    {
        WithService(json);
        json["participants"]![4]!.AsObject().Remove("organisationCode");
    });

    [Fact]
    public void A_call_does_not_go_to_a_folder() => SingleError("$.routes[2].destination", json =>
    {
        WithService(json);
        json["routes"]![2]!["destination"] = "folder";
    });

    [Fact]
    public void A_file_does_not_go_to_a_service() => SingleError("$.routes[1].destination", json =>
    {
        WithService(json);
        json["routes"]![1]!["destination"] = "juki";
    });

    [Fact]
    public void A_folder_has_no_other_way() => SingleError("$.routes[1].alternates", json =>
        json["routes"]![1]!["alternates"] = new JsonArray("to-gw-b"));

    [Fact]
    public void A_service_has_no_alternate_stores() => SingleError("$.routes[2].alternateStores", json =>
    {
        WithService(json);
        json["routes"]![2]!["alternateStores"] = new JsonArray("to-gw-b");
    });

    [Fact]
    public void A_destination_is_named_once() => SingleError("$.routes[0]", json =>
        json["routes"]![0]!["alternateStores"] = new JsonArray(json["routes"]![0]!["destination"]!.GetValue<string>()));

    [Fact]
    public void An_alternate_exists() => SingleError("$.routes[2].alternates[0]", json =>
    {
        WithService(json);
        json["routes"]![2]!["alternates"] = new JsonArray("juki-3");
    });

    [Theory]
    [InlineData("concurrency", "0")]
    [InlineData("queue", "-1")]
    [InlineData("queueTime", "\"00:00:00\"")]
    [InlineData("silence", "\"2.00:00:00\"")]
    [InlineData("connectTime", "\"-00:00:01\"")]
    public void The_protection_of_a_receiver_has_bounds(string setting, string value) => SingleError($"$.destinations[2].{setting}", json =>
    {
        WithService(json);
        json["destinations"]![2]![setting] = JsonNode.Parse(value);
    });

    [Theory]
    [InlineData("failureRatio", "0")]
    [InlineData("failureRatio", "1.5")]
    [InlineData("calls", "1")]
    [InlineData("window", "\"00:00:00.1\"")]
    [InlineData("pause", "\"00:00:00.1\"")]
    public void A_breaker_has_bounds(string setting, string value) => SingleError($"$.destinations[2].breaker.{setting}", json =>
    {
        WithService(json);
        json["destinations"]![2]!["breaker"] = new JsonObject { [setting] = JsonNode.Parse(value) };
    });

    [Theory]
    [InlineData("http://juki.example:8080/soap")]
    [InlineData("juki")]
    public void A_service_is_reached_over_https_unless_plain_http_is_allowed(string url) => SingleError("$.destinations[2].url", json =>
    {
        WithService(json);
        json["destinations"]![2]!["url"] = url;
    });

    [Fact]
    public void A_callback_is_a_destination_of_kind_service() => SingleError("$.participants[0].callback", json =>
    {
        WithService(json);
        json["gateway"]!["publicUrl"] = "https://gw-a.example:8443";
        json["participants"]![0]!["callback"] = "folder";
    });

    [Fact]
    public void A_callback_needs_an_address_of_this_gateway() => SingleError("$.gateway.publicUrl", json =>
    {
        WithService(json);
        json["participants"]![0]!["callback"] = "juki";
    });

    [Fact]
    public void A_version_names_a_contract_only_where_there_is_a_service() => SingleError("$.interfaces[0].versions[0].wsdl", json =>
        json["interfaces"]![0]!["versions"]![0]!["wsdl"] = "x.wsdl");

    static OrganisationCode Code(string text)
    {
        Assert.True(OrganisationCode.TryParse(text, out var code));
        return code;
    }

    static void WithService(JsonNode json)
    {
        json["catalogue"] = new JsonObject { ["folder"] = "wsdl" };
        json["participants"]!.AsArray().Add(JsonNode.Parse("""{ "id": "juki", "organisationCode": "142051" }"""));
        json["interfaces"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "resident", "service": { "name": "ResidentLookup", "wsdl": "resident.wsdl", "safe": ["GetResident"] } }"""));
        json["destinations"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "juki", "kind": "service", "url": "https://juki.example:8443/soap", "soap": "soap12" }"""));
        json["destinations"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "juki-2", "kind": "service", "url": "https://juki-2.example:8443/soap" }"""));
        json["routes"]!.AsArray().Add(JsonNode.Parse(
            """
            { "origin": "142051-kaoku", "interface": "resident", "receiver": "juki", "destination": "juki", "alternates": ["juki-2"],
              "validation": { "request": "enforce" } }
            """));
    }
}

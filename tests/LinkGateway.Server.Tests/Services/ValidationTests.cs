using System.Text.Json.Nodes;
using LinkGateway.Testing.Http;
using static LinkGateway.Server.Tests.Services.RelayWorld;

namespace LinkGateway.Server.Tests.Services;

/// <summary>Messages held to the contract, per route: off, report, enforce.</summary>
public sealed class ValidationTests
{
    const int RequestReported = 605;
    const int AnswerReported = 606;

    static readonly string BadRequest = Request.Replace("000000000000123", "123-secret", StringComparison.Ordinal);
    static readonly string BadAnswer = Answer.Replace("1970-01-01", "1970-13-01", StringComparison.Ordinal);

    [Theory]
    [InlineData("off")]
    [InlineData("report")]
    public async Task An_invalid_request_passes_unless_the_route_enforces_its_contract(string mode)
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url, json => Validate(json, mode, "off"));

        var answer = await world.PostAsync(BadRequest);

        Assert.Equal(200, answer.Status);
        Assert.Equal(BadRequest, Assert.Single(receiver.Requests).Text);
        var reported = world.Gateway.Log.Texts(RequestReported).ToArray();
        Assert.Equal(mode == "report" ? 1 : 0, reported.Length);
        Assert.DoesNotContain(reported, text => text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_enforced_request_is_refused_with_line_path_and_rule_before_a_byte_goes_on()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url, json => Validate(json, "enforce", "off"));

        var answer = await world.PostAsync(BadRequest);

        Assert.Equal(500, answer.Status);
        Assert.Equal("LG-1008", CodeOf(answer));
        Assert.Contains("e:Client", answer.Text.Replace("soap:", "e:", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("line 1", answer.Text, StringComparison.Ordinal);
        Assert.Contains("/Body/GetResident/atenaNumber", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
        Assert.Equal(200, (await world.PostAsync(Request)).Status);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("report")]
    public async Task An_invalid_answer_passes_unless_the_route_enforces_its_contract(string mode)
    {
        await using var receiver = RawReceiver.Answering(BadAnswer);
        await using var world = await StartAsync(receiver.Url, json => Validate(json, "off", mode));

        Assert.Equal(BadAnswer, (await world.PostAsync(Request)).Text);
        Assert.Equal(mode == "report" ? 1 : 0, world.Gateway.Log.Texts(AnswerReported).Count());
    }

    [Fact]
    public async Task An_enforced_answer_is_refused_as_its_receivers_fault_and_told_to_the_operator()
    {
        await using var receiver = RawReceiver.Answering(BadAnswer);
        await using var world = await StartAsync(receiver.Url, json => Validate(json, "off", "enforce"));

        var answer = await world.PostAsync(Request);

        Assert.Equal("LG-6011", CodeOf(answer));
        Assert.Contains(":Server", answer.Text, StringComparison.Ordinal);
        Assert.Contains("birthDate", Assert.Single(world.Gateway.Log.Texts(AnswerReported)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", "LG-1001")]
    [InlineData("<?process me?>", "LG-1001")]
    public async Task Document_types_and_processing_instructions_do_not_pass(string prolog, string code)
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url, json => Validate(json, "off", "off"));

        Assert.Equal(code, CodeOf(await world.PostAsync(prolog + Request)));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_contract_in_error_stops_its_own_interface_only()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url, json =>
        {
            Add(json, "interfaces", """{ "id": "broken", "service": { "name": "Broken", "wsdl": "no-such.wsdl" } }""");
            Add(json, "routes", """{ "origin": "kaoku", "interface": "broken", "receiver": "juki", "destination": "juki-soap" }""");
        });

        Assert.Equal("LG-5004", CodeOf(await world.PostAsync(Request, "/services/142051/Broken")));
        Assert.Equal(200, (await world.PostAsync(Request)).Status);
    }

    [Fact]
    public async Task A_version_is_served_from_its_day_on_and_until_its_last()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(receiver.Url, json => json["interfaces"]![1]!["versions"] = new JsonArray(
            JsonNode.Parse("""{ "version": "2026", "effectiveFrom": "2999-01-01" }""")));

        var answer = await world.PostAsync(Request);

        Assert.Equal("LG-1003", CodeOf(answer));
        Assert.Contains("2026", answer.Text, StringComparison.Ordinal);
    }

    static void Validate(JsonNode json, string request, string response) =>
        json["routes"]![1]!["validation"] = new JsonObject { ["request"] = request, ["response"] = response };
}

using System.Text.Json.Nodes;
using LinkGateway.Contract.Notices;
using LinkGateway.Core.Configuration;
using static LinkGateway.Core.Tests.Configuration.TestConfiguration;

namespace LinkGateway.Core.Tests.Configuration;

/// <summary>The section notices, and the callbacks of participants.</summary>
public class NoticeRuleTests
{
    [Fact]
    public void Nobody_is_told_unless_it_is_said()
    {
        var configuration = Snapshot().Configuration;

        Assert.Empty(configuration.Notices.Webhooks);
        Assert.Empty(configuration.Notices.Hooks);
        Assert.All(configuration.Participants, participant => Assert.Null(participant.Notices));
    }

    [Fact]
    public void A_webhook_and_a_hook_need_little()
    {
        var notices = Snapshot(With("""
            { "webhooks": [{ "id": "ops", "url": "https://ops.example/" }], "hooks": [{ "id": "siren", "command": ["/bin/siren"] }] }
            """)).Configuration.Notices;

        Assert.Equal((NoticeSeverity.Warning, true), (notices.Webhooks[0].MinimumSeverity, notices.Webhooks[0].Resolved));
        Assert.Equal(TimeSpan.FromMinutes(1), notices.Hooks[0].TimeLimit);
    }

    [Fact]
    public void Everything_can_be_said_of_a_webhook()
    {
        var webhook = Snapshot(With("""
            {
              "webhooks": [{
                "id": "ops", "url": "http://ops.example/", "allowPlainHttp": true, "bearer": "env:TOKEN", "signingSecret": "file:secret",
                "minimumSeverity": "critical", "resolved": false, "timeout": "00:00:05"
              }]
            }
            """)).Configuration.Notices.Webhooks[0];

        Assert.Equal((NoticeSeverity.Critical, false), (webhook.MinimumSeverity, webhook.Resolved));
        Assert.Equal($"file:{Path.Combine(BasePath, "secret")}", webhook.SigningSecret!.ToString());
    }

    [Theory]
    [InlineData("downAfter", "\"00:10:00\"")]
    [InlineData("downAfter", "\"-00:00:01\"")]
    [InlineData("heldAfter", "\"8.00:00:00\"")]
    [InlineData("inDoubtAfter", "\"8.00:00:00\"")]
    [InlineData("detailsAfter", "\"8.00:00:00\"")]
    [InlineData("quiet", "\"02:00:00\"")]
    [InlineData("giveUpAfter", "\"00:00:00\"")]
    public void Times_have_bounds(string setting, string value) =>
        SingleError($"$.notices.{setting}", With($$"""{ "{{setting}}": {{value}} }"""));

    [Theory]
    [InlineData("url", "\"http://ops.example/\"")]
    [InlineData("bearer", "\"pbkdf2-sha256$10000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"")]
    [InlineData("timeout", "\"01:00:00\"")]
    [InlineData("credentials", "{}")]
    [InlineData("id", "\"no id\"")]
    public void A_webhook_is_checked(string setting, string value) => SingleError(
        $"$.notices.webhooks[0].{setting}",
        With("""{ "webhooks": [{ "id": "ops", "url": "https://ops.example/" }] }""", json =>
            json["webhooks"]![0]![setting] = JsonNode.Parse(value)));

    [Fact]
    public void Basic_and_bearer_do_not_go_together() => SingleError(
        "$.notices.webhooks[0].bearer",
        With("""
            {
              "webhooks": [{
                "id": "ops", "url": "https://ops.example/", "bearer": "env:TOKEN",
                "credentials": { "basic": { "user": "gw", "password": "env:P" } }
              }]
            }
            """));

    [Theory]
    [InlineData("[]", "command")]
    [InlineData("[\"siren.sh\"]", "command[0]")]
    public void A_hook_is_a_program_with_its_full_path(string command, string path) => SingleError(
        $"$.notices.hooks[0].{path}", With($$"""{ "hooks": [{ "id": "siren", "command": {{command}} }] }"""));

    [Fact]
    public void An_id_belongs_to_one_sink() => SingleError(
        "$.notices.hooks[0].id",
        With("""
            { "webhooks": [{ "id": "ops", "url": "https://ops.example/" }], "hooks": [{ "id": "ops", "command": ["/bin/siren"] }] }
            """));

    [Fact]
    public void A_callback_is_told_what_does_not_come_with_an_answer()
    {
        var callback = Snapshot(WithCallback(0)).Configuration.Participants[0].Notices!;

        Assert.Equal([CallbackKind.Validated, CallbackKind.Delivered, CallbackKind.Applied, CallbackKind.Failed], callback.Kinds);
        Assert.Equal(ReceiverSoap.Soap11, callback.Soap);
    }

    [Theory]
    [InlineData("url", "\"http://kaoku.example/\"")]
    [InlineData("kinds", "[]")]
    [InlineData("kinds[0]", "[\"opened\"]")]
    [InlineData("silence", "\"00:00:00\"")]
    [InlineData("giveUpAfter", "\"91.00:00:00\"")]
    [InlineData("credentials", "{}")]
    [InlineData("trustedCertificates[0]", "[\"missing.pem\"]")]
    public void A_callback_is_checked(string setting, string value) => SingleError(
        $"$.participants[0].notices.{setting}", WithCallback(0, callback => callback[setting.Split('[')[0]] = JsonNode.Parse(value)));

    [Fact]
    public void An_operator_has_no_callback() => SingleError("$.participants[3].notices", WithCallback(3));

    static Action<JsonNode> With(string notices, Action<JsonNode>? change = null) => json =>
    {
        var section = JsonNode.Parse(notices)!;
        change?.Invoke(section);
        json["notices"] = section;
    };

    static Action<JsonNode> WithCallback(int participant, Action<JsonNode>? change = null) => json =>
    {
        var callback = JsonNode.Parse("""{ "url": "https://kaoku.example/notices" }""")!;
        change?.Invoke(callback);
        json["participants"]![participant]!["notices"] = callback;
    };
}

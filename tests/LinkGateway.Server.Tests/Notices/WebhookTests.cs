using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Notices;
using LinkGateway.Server.Tests.Support;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Notices;

/// <summary>Notices as an HTTP server gets them.</summary>
public sealed class WebhookTests
{
    const int SinkFailed = 803;
    const int SinkWorks = 804;

    [Fact]
    public async Task A_notice_is_posted_as_JSON_with_what_proves_who_sends_it()
    {
        await using var receiver = RawReceiver.Answering("", "204 No Content", "");
        await using var gateway = await NoticeWorld.StartAsync(
            $$"""
            { "webhooks": [{ "id": "ops", "url": "{{receiver.Url}}", "bearer": "file:token", "signingSecret": "file:secret" }] }
            """,
            folder =>
            {
                File.WriteAllText(Path.Combine(folder.Root, "token"), "letmein\n");
                File.WriteAllText(Path.Combine(folder.Root, "secret"), "shared");
            });

        var (request, notice) = await NoticeWorld.NextAsync(receiver);

        Assert.Equal(("gw-test", "test", NoticeStage.Opened), (notice.Gateway, notice.Environment, notice.Stage));
        Assert.Equal("application/json; charset=utf-8", request["Content-Type"]);
        Assert.Equal("Bearer letmein", request["Authorization"]);
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("shared"), request.Body));
        Assert.Equal($"sha256={hash}", request["LinkGateway-Signature"]);
        Assert.True(notice.Number > 0);
        Assert.Contains("空き容量", request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_posted_again_until_it_is_taken()
    {
        var calls = 0;
        await using var receiver = new RawReceiver(_ => RawReceiver.Answer(
            "", Interlocked.Increment(ref calls) == 1 ? "503 Service Unavailable" : "200 OK", ""));
        await using var gateway = await NoticeWorld.StartAsync(
            $$"""{ "webhooks": [{ "id": "ops", "url": "{{receiver.Url}}", "minimumSeverity": "critical" }] }""");

        var first = (await NoticeWorld.NextAsync(receiver)).Notice;
        var second = (await NoticeWorld.NextAsync(receiver)).Notice;

        Assert.Equal((first.NoticeId, first.Number), (second.NoticeId, second.Number));
        await gateway.Log.WaitForAsync(SinkWorks);
        Assert.Contains("503", Assert.Single(gateway.Log.Texts(SinkFailed)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_over_is_posted_with_how_long_it_lasted()
    {
        await using var receiver = RawReceiver.Answering("", more: "");
        await using var gateway = await NoticeWorld.StartAsync(
            $$"""{ "quiet": "00:00:00", "webhooks": [{ "id": "ops", "url": "{{receiver.Url}}", "minimumSeverity": "critical" }] }""");
        var opened = (await NoticeWorld.NextAsync(receiver)).Notice;

        NoticeWorld.MakeRoom(gateway);
        var resolved = (await NoticeWorld.NextAsync(receiver)).Notice;

        Assert.Equal((opened.NoticeId, NoticeStage.Resolved), (resolved.NoticeId, resolved.Stage));
        Assert.NotNull(resolved.LastedSeconds);
    }

    [Fact]
    public async Task What_is_open_is_not_posted_again_after_a_restart()
    {
        await using var receiver = RawReceiver.Answering("", more: "");
        using var folder = new GatewayFolder(json =>
        {
            json["retention"] = JsonNode.Parse("""{ "freeSpaceReserve": "8000000GiB" }""");
            json["notices"] = JsonNode.Parse(
                $$"""{ "quiet": "00:00:00", "webhooks": [{ "id": "ops", "url": "{{receiver.Url}}", "minimumSeverity": "critical" }] }""");
        });
        string opened;
        await using (await TestGateway.StartInAsync(folder)) opened = (await NoticeWorld.NextAsync(receiver)).Notice.NoticeId;

        await using var gateway = await TestGateway.StartInAsync(folder);
        NoticeWorld.MakeRoom(gateway);
        var next = (await NoticeWorld.NextAsync(receiver)).Notice;

        // At least once: the former gateway may have been stopped before it had entered that it told. Never more than that.
        if (next.Stage == NoticeStage.Opened) next = (await NoticeWorld.NextAsync(receiver)).Notice;

        Assert.Equal((opened, NoticeStage.Resolved), (next.NoticeId, next.Stage));
    }

    [Fact]
    public async Task The_published_schema_describes_every_field_that_is_posted_and_no_other()
    {
        await using var receiver = RawReceiver.Answering("", more: "");
        await using var gateway = await NoticeWorld.StartAsync(
            $$"""{ "quiet": "00:00:00", "webhooks": [{ "id": "ops", "url": "{{receiver.Url}}", "minimumSeverity": "critical" }] }""");
        await NoticeWorld.NextAsync(receiver);
        NoticeWorld.MakeRoom(gateway);
        var (request, _) = await NoticeWorld.NextAsync(receiver);
        var path = Path.Combine(Testing.Files.Repository.Root, "docs", "notice.schema.json");
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        using var body = JsonDocument.Parse(request.Body);

        var described = schema.RootElement.GetProperty("properties");
        Assert.Equal(
            typeof(Notice).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(),
            described.EnumerateObject().Select(property => property.Name).Order());
        var facts = described.GetProperty("facts").GetProperty("properties");
        Assert.Equal(
            typeof(NoticeFacts).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(),
            facts.EnumerateObject().Select(property => property.Name).Order());
        var names = body.RootElement.EnumerateObject().Select(property => property.Name).ToHashSet();
        Assert.All(schema.RootElement.GetProperty("required").EnumerateArray(), name => Assert.Contains(name.GetString()!, names));
        Assert.Equal(
            Enum.GetNames<NoticeStage>().Select(JsonNamingPolicy.CamelCase.ConvertName),
            described.GetProperty("stage").GetProperty("enum").EnumerateArray().Select(name => name.GetString()));
    }
}

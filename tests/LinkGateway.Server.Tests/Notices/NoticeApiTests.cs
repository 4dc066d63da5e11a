using LinkGateway.Client.Operator;
using LinkGateway.Contract.Notices;
using LinkGateway.Contract.Operator;
using LinkGateway.Server.Tests.Operator;
using LinkGateway.Testing.Http;

namespace LinkGateway.Server.Tests.Notices;

/// <summary>Notices as operators list and try them.</summary>
public sealed class NoticeApiTests
{
    static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Notices_are_listed_open_and_past()
    {
        await using var gateway = await NoticeWorld.StartAsync("""{ "quiet": "00:00:00" }""");
        var client = gateway.Operators();
        var open = await UntilAsync(client, openOnly: true, page => page.Notices.Count == 1);
        Assert.Equal(("spaceShort", NoticeSeverity.Critical), (open.Notices[0].Kind, open.Notices[0].Severity));
        Assert.Null(open.Notices[0].Until);

        NoticeWorld.MakeRoom(gateway);
        await UntilAsync(client, openOnly: true, page => page.Notices.Count == 0);

        var past = Assert.Single((await client.NoticesAsync(openOnly: false, 1, null, None)).Answered().Notices);
        Assert.Equal((open.Notices[0].NoticeId, NoticeStage.Resolved), (past.NoticeId, past.Stage));
        Assert.NotNull(past.Until);
        Assert.Equal("LG-1003", (await client.NoticesAsync(openOnly: false, null, "x", None)).Code());
    }

    [Fact]
    public async Task A_test_notice_says_of_every_sink_whether_it_arrived()
    {
        await using var receiver = RawReceiver.Answering("", "204 No Content", "");
        await using var gateway = await NoticeWorld.StartAsync($$"""
            {
              "webhooks": [{ "id": "ops", "url": "{{receiver.Url}}" }, { "id": "dead", "url": "http://127.0.0.1:9/" }],
              "hooks": [{ "id": "missing", "command": ["/no/such/program"] }]
            }
            """);

        var test = (await gateway.Operators().TestNoticesAsync(null, None)).Answered();

        Assert.Equal([("ops", true), ("dead", false), ("missing", false)], test.Sinks.Select(sink => (sink.Sink, sink.Taken)));
        Assert.Equal("HTTP 204", test.Sinks[0].Text);
        Assert.Contains(receiver.Requests, request => NoticeJson.Read(request.Body).Stage == NoticeStage.Test);
        var one = (await gateway.Operators().TestNoticesAsync("ops", None)).Answered();
        Assert.Equal("ops", Assert.Single(one.Sinks).Sink);
        Assert.Equal("LG-1003", (await gateway.Operators().TestNoticesAsync("nobody", None)).Code());
    }

    [Fact]
    public async Task Without_a_sink_there_is_nothing_to_try()
    {
        await using var gateway = await OperatorDesk.StartAsync();

        Assert.Equal("LG-7360", (await gateway.Operators().TestNoticesAsync(null, None)).Code());
    }

    // Only a hanging test meets the time-out.
    static async Task<NoticePage> UntilAsync(OperatorClient client, bool openOnly, Func<NoticePage, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var page = (await client.NoticesAsync(openOnly, null, null, None)).Answered();
            if (condition(page)) return page;
            await Task.Delay(50, patience.Token);
        }
    }
}

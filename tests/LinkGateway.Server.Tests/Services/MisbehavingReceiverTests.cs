using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LinkGateway.Testing.Http;
using static LinkGateway.Server.Tests.Services.RelayWorld;

namespace LinkGateway.Server.Tests.Services;

/// <summary>A receiver that misbehaves never hangs or crashes the gateway; callers read a clear fault, or see the answer cut off.</summary>
public sealed class MisbehavingReceiverTests
{
    const string Xml = "Content-Type: text/xml\r\n";

    /// <summary>
    /// Whole answers by what is wrong with them, with the code that the caller reads; an empty one closes the connection.
    /// </summary>
    public static TheoryData<string, string> Answers => new()
    {
        { "", "LG-6010" },
        { "SSH-2.0-OpenSSH_9.2\r\n", "LG-6010" },
        { "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>", "LG-6010" },
        { "HTTP/1.1 500 Error\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>", "LG-6010" },
        { "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", "LG-6010" },
        { "HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n", "LG-6010" },
        { $"HTTP/1.1 200 OK\r\n{Xml}Content-Length: 5\r\n\r\n<half", "LG-6010" },
        {
            $"HTTP/1.1 200 OK\r\n{Xml}Content-Length: 500\r\n\r\n{"<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'>"}",
            "LG-6010"
        },
        { $"HTTP/1.1 200 OK\r\n{Xml}Transfer-Encoding: chunked\r\n\r\n5\r\n<a/>", "LG-6010" },
        { "HTTP/1.1 200 OK\r\nContent-Type: multipart/related; type=\"text/xml\"\r\nContent-Length: 4\r\n\r\n--b\r", "LG-6010" },
        {
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary=b; type=\"text/xml\"\r\nContent-Length: 9\r\n\r\nno parts.",
            "LG-6010"
        },
        { $"HTTP/1.1 200 OK\r\n{Xml}Content-Length: 21\r\n\r\n<a xmlns='urn:other'/>", "LG-6010" },
        { $"HTTP/1.1 200 OK\r\n{Xml}Content-Length: 30\r\n\r\n<!DOCTYPE a [<!ENTITY b 'c'>]>", "LG-6010" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_that_is_none_becomes_a_fault_of_the_receivers_side(string answer, string code)
    {
        await using var broken = Broken(answer);
        await using var world = await StartAsync(broken.Url);

        var told = await world.PostAsync(Request);

        Assert.Equal(500, told.Status);
        Assert.Equal(code, CodeOf(told));
        Assert.Contains(":Server", told.Text, StringComparison.Ordinal);
        Assert.Null(told["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Nobody_listening_is_told_as_not_carried_out()
    {
        await using var world = await StartAsync(new Uri("http://127.0.0.1:9/"));

        Assert.Equal("LG-6006", CodeOf(await world.PostAsync(Request)));
    }

    [Fact]
    public async Task Silence_ends_the_call_with_its_own_code()
    {
        await using var silent = new RawReceiver(_ => []);
        await using var world = await StartAsync(silent.Url, json => json["destinations"]![1]!["silence"] = "00:00:00.3");

        Assert.Equal("LG-6009", CodeOf(await world.PostAsync(Request)));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_among_its_attachments_is_cut_off_for_the_caller_too()
    {
        var begun = $"--b\r\nContent-Type: text/xml\r\n\r\n{Answer}\r\n"
            + $"--b\r\nContent-Type: application/pdf\r\n\r\n{new string('p', 300_000)}";
        await using var broken = Broken(
            $"HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary=b\r\nContent-Length: 1000000\r\n\r\n{begun}");
        await using var world = await StartAsync(broken.Url);

        var answer = await world.PostAsync(Request);

        Assert.Equal(200, answer.Status);
        Assert.Equal("1000000", answer["Content-Length"]);
        Assert.InRange(answer.Body.Length, 1, 999_999);
    }

    [Fact]
    public async Task A_receiver_that_keeps_failing_is_left_alone_and_callers_are_told_when_to_come_back()
    {
        await using var broken = Broken("");
        await using var world = await StartAsync(broken.Url, json =>
        {
            json["destinations"]![1]!["breaker"] = JsonNode.Parse("""{ "calls": 2, "pause": "00:10:00" }""");
        });
        for (var call = 0; call < 2; call++)
            await world.PostAsync(Request);

        var paused = await world.PostAsync(Request);

        Assert.Equal("LG-6008", CodeOf(paused));
        Assert.InRange(int.Parse(paused["Retry-After"]!, CultureInfo.InvariantCulture), 1, 600);
        await world.Gateway.Log.WaitForAsync(609);
        Assert.Single(world.Gateway.Log.Texts(609));
    }

    [Fact]
    public async Task An_alternate_answers_where_the_first_cannot_be_reached()
    {
        await using var receiver = RawReceiver.Answering(Answer);
        await using var world = await StartAsync(new Uri("http://127.0.0.1:9/"), json =>
        {
            Add(json, "destinations", $$"""{ "id": "juki-2", "kind": "service", "url": "{{receiver.Url}}" }""");
            json["routes"]![1]!["alternates"] = new JsonArray("juki-2");
        });

        Assert.Equal(Answer, (await world.PostAsync(Request)).Text);
        Assert.Single(world.Gateway.Log.Texts(612));
    }

    static RawReceiver Broken(string answer) => new(_ => answer.Length == 0 ? null : Encoding.UTF8.GetBytes(answer), closes: true);
}

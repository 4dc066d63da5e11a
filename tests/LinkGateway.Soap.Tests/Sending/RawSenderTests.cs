using System.Net.Sockets;

namespace LinkGateway.Soap.Sending;

/// <summary>When the source of a body is its owner's again.</summary>
public class RawSenderTests
{
    // Longer than anything takes that works: what hangs fails.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("garbage\r\n\r\n", 1000)]
    [InlineData("", 1000)]
    [InlineData("garbage\r\n\r\n", null)]
    [InlineData("", 1_000_000)]
    public async Task When_the_answer_breaks_the_body_that_waits_for_its_source_is_read_no_more(string answer, int? length)
    {
        var waiting = new TaskCompletionSource();
        var ended = false;
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            await ScriptedServer.ReadHeadAsync(stream, ct);
            await ScriptedServer.WriteAsync(stream, "HTTP/1.1 100 Continue\r\n\r\n", ct);
            await waiting.Task.WaitAsync(ct);
            await ScriptedServer.WriteAsync(stream, answer, ct);
            stream.Socket.Shutdown(SocketShutdown.Send);
            await Task.Delay(Timeout.Infinite, ct);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        var request = Request(server.Address, length, async ct =>
        {
            waiting.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
            }
            finally
            {
                await Task.Yield();
                ended = true;
            }
        });

        await Assert.ThrowsAsync<HttpRequestException>(
            () => new RawSender(http).SendAsync(request, CancellationToken.None).WaitAsync(Patience));

        Assert.True(ended);
        Assert.Null(request.SourceError);
    }

    [Fact]
    public async Task A_body_that_was_refused_is_not_asked_for_however_late()
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            await ScriptedServer.ReadHeadAsync(stream, ct);
            await ScriptedServer.WriteAsync(stream, ScriptedServer.Answer("", "417 No"), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        var request = Request(server.Address, 1_000_000, _ => throw new InvalidOperationException("The body was asked for."));

        using var answer = await new RawSender(http).SendAsync(request, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(417, (int)answer.StatusCode);
        Assert.False(request.BodyAsked);
    }

    static RawRequest Request(Uri address, int? length, Func<CancellationToken, Task> write) => new()
    {
        Address = address,
        ContentType = "text/xml",
        ContentLength = length,
        ExpectContinue = true,
        WriteAsync = async (_, ct) => await write(ct),
    };
}

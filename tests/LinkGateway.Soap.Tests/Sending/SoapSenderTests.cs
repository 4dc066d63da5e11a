using System.Net;
using System.Net.Sockets;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Sending;

public class SoapSenderTests
{
    const int Large = 256 * 1024 * 1024;

    TaskCompletionSource Second { get; } = new();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_fault_of_a_server_that_stops_reading_is_surfaced(bool lengthKnown, bool expectContinue)
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            var head = await ScriptedServer.ReadHeadAsync(stream, ct);
            if (head.Contains("100-continue", StringComparison.Ordinal))
                await ScriptedServer.WriteAsync(stream, "HTTP/1.1 100 Continue\r\n\r\n", ct);
            await stream.ReadExactlyAsync(new byte[100_000], ct);
            await ScriptedServer.WriteAsync(stream, ScriptedServer.Answer(ScriptedServer.Fault("Enough."), "500 No"), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        var upload = new ZeroStream(Large);
        await using var response = await new SoapSender(http).SendAsync(
            server.Address, Upload(upload, lengthKnown) with { ExpectContinue = expectContinue }, CancellationToken.None);
        Assert.Equal("Enough.", response.Fault!.Reason);
        Assert.Equal(HttpStatusCode.InternalServerError, response.Status);
        Assert.InRange(upload.Position, 1, Large - 1);
    }

    [Fact]
    public async Task The_fault_of_a_server_that_closes_on_a_large_request_is_surfaced()
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            await ScriptedServer.ReadHeadAsync(stream, ct);
            var answer = ScriptedServer.Answer(ScriptedServer.Fault("Enough."), "500 No", "Connection: close\r\n");
            await ScriptedServer.WriteAsync(stream, answer, ct);
            stream.Socket.Shutdown(SocketShutdown.Send);
            await stream.ReadExactlyAsync(new byte[1_000_000], ct);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        await using var response = await new SoapSender(http).SendAsync(
            server.Address, Upload(new ZeroStream(Large), true), CancellationToken.None);
        Assert.Equal("Enough.", response.Fault!.Reason);
    }

    [Fact]
    public async Task A_source_that_fails_while_the_caller_gives_up_ends_as_given_up()
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            await ScriptedServer.ReadHeadAsync(stream, ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        using var gone = new CancellationTokenSource();
        var source = new ZeroStream(Large, () => throw new EndOfStreamException("The source ended early."));
        using var http = new HttpClient(new GivingUpOnFailure(gone));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new SoapSender(http).SendAsync(server.Address, Upload(source, true), gone.Token));
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("500 No")]
    public async Task A_fault_inside_of_a_multipart_body_is_a_fault__45(string status)
    {
        var body = $"--b\r\nContent-Type: text/xml\r\n\r\n{ScriptedServer.Fault("Enough.")}\r\n--b--\r\n";
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            await ScriptedServer.ReadEnvelopeAsync(stream, ct);
            await ScriptedServer.WriteAsync(stream,
                $"HTTP/1.1 {status}\r\nContent-Type: multipart/related; boundary=b\r\nContent-Length: {body.Length}\r\n\r\n{body}", ct);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());

        await using var response = await new SoapSender(http).SendAsync(server.Address, Simple, CancellationToken.None);

        Assert.Equal("Enough.", response.Fault!.Reason);
        Assert.False(response.IsSuccess);
    }

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("transfer-encoding")]
    [InlineData("Connection")]
    [InlineData("Content-Type")]
    public void Headers_that_frame_another_message_cannot_be_passed_on__47(string name)
    {
        var headers = new Dictionary<string, string> { [name] = "1" };

        Assert.True(ConnectionHeaders.Contains(name));
        Assert.Throws<ArgumentException>(() => Simple with { HttpHeaders = headers });
        Assert.Throws<ArgumentException>(() => OperationReply.Accepted() with { HttpHeaders = headers });
    }

    [Theory]
    [InlineData("Connection: close\r\n")]
    [InlineData("")]
    public async Task A_connection_that_was_answered_early_is_not_used_again(string header)
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            var head = await ScriptedServer.ReadEnvelopeAsync(stream, ct);
            var upload = head.Contains("Content-Type: multipart", StringComparison.Ordinal);
            var answer = upload ? ScriptedServer.Fault("Enough.") : ScriptedServer.Envelope("<a/>");
            await ScriptedServer.WriteAsync(stream, ScriptedServer.Answer(answer, more: header), ct);
            if (upload)
                await Task.WhenAny(Task.Delay(Timeout.Infinite, ct), Second.Task);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        var sender = new SoapSender(http);
        await using (var first = await sender.SendAsync(server.Address, Upload(new ZeroStream(Large), true), CancellationToken.None))
            Assert.Equal("Enough.", first.Fault!.Reason);
        var pending = sender.SendAsync(server.Address, Simple, CancellationToken.None);
        Second.TrySetResult();
        await using var second = await pending;
        Assert.True(second.IsSuccess);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_serves_one_request_after_the_other()
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            while ((await ScriptedServer.ReadEnvelopeAsync(stream, ct)).Length > 0)
            {
                await ScriptedServer.WriteAsync(stream, ScriptedServer.Answer(ScriptedServer.Envelope("<a/>")), ct);
            }
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        for (var i = 0; i < 5; i++)
        {
            await using var response = await new SoapSender(http).SendAsync(server.Address, Simple, CancellationToken.None);
            Assert.Equal("a", response.Envelope!.BodyName);
        }
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_request_that_broke_before_its_end_was_not_sent()
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            await ScriptedServer.ReadHeadAsync(stream, ct);
            stream.Socket.LingerState = new LingerOption(true, 0);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        var error = await Assert.ThrowsAsync<SoapTransportException>(() =>
            new SoapSender(http).SendAsync(server.Address, Upload(new ZeroStream(Large), true), CancellationToken.None));
        Assert.Equal(SoapTransportStage.NotSent, error.Stage);
    }

    [Fact]
    public async Task A_request_whose_early_answer_broke_off_is_in_doubt()
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            await ScriptedServer.ReadHeadAsync(stream, ct);
            await ScriptedServer.WriteAsync(stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<e:Env", ct);
            stream.Socket.Shutdown(SocketShutdown.Send);
            await stream.ReadExactlyAsync(new byte[1_000_000], ct);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        var error = await Assert.ThrowsAsync<SoapTransportException>(() =>
            new SoapSender(http).SendAsync(server.Address, Upload(new ZeroStream(Large), true), CancellationToken.None));
        Assert.Equal(SoapTransportStage.MaybeSent, error.Stage);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<e:Env")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n\r\n<a/>.")]
    public async Task A_request_without_readable_answer_is_in_doubt(string answer)
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            await ScriptedServer.ReadEnvelopeAsync(stream, ct);
            await ScriptedServer.WriteAsync(stream, answer, ct);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        var error = await Assert.ThrowsAsync<SoapTransportException>(
            () => new SoapSender(http).SendAsync(server.Address, Simple, CancellationToken.None));
        Assert.Equal(SoapTransportStage.MaybeSent, error.Stage);
    }

    [Fact]
    public async Task What_is_sent_follows_the_basic_profile()
    {
        var head = "";
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            head = await ScriptedServer.ReadEnvelopeAsync(stream, ct);
            await ScriptedServer.WriteAsync(stream,
                "HTTP/1.1 202 Accepted\r\nRetry-After: 7\r\nContent-Type: text/xml\r\nContent-Length: 0\r\n\r\n", ct);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        await using var response = await new SoapSender(http).SendAsync(server.Address, Simple, CancellationToken.None);
        Assert.Contains("POST /soap HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains("SOAPAction: \"urn:a\"\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/xml; charset=utf-8\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Content-Length: ", head, StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic eA==\r\n", head, StringComparison.Ordinal);
        Assert.True(response.IsSuccess);
        Assert.Null(response.Envelope);
        Assert.Equal(TimeSpan.FromSeconds(7), response.RetryAfter);
    }

    [Fact]
    public async Task An_answer_that_is_not_SOAP_is_told_by_its_status()
    {
        await using var server = new ScriptedServer(async (stream, ct) =>
        {
            await ScriptedServer.ReadEnvelopeAsync(stream, ct);
            await ScriptedServer.WriteAsync(stream, "HTTP/1.1 401 No\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno", ct);
        });
        using var http = new HttpClient(SoapHttpHandler.Create());
        await using var response = await new SoapSender(http).SendAsync(server.Address, Simple, CancellationToken.None);
        Assert.Equal(HttpStatusCode.Unauthorized, response.Status);
        Assert.False(response.IsSuccess);
        Assert.Null(response.Envelope);
    }

    static SoapRequest Simple => new()
    {
        Action = "urn:a",
        Body = writer => writer.WriteElementString("a", "1"),
        HttpHeaders = new Dictionary<string, string> { ["Authorization"] = "Basic eA==" },
    };

    static SoapRequest Upload(Stream stream, bool lengthKnown) => Simple with
    {
        Attachments = [OutgoingAttachment.From(
            MimeHeaders.ForPart("f@example.org", new MediaType("text", "csv")), stream, lengthKnown ? stream.Length : null)],
    };

    /// <summary>Lets the caller give up when a request has failed, before anybody hears of the failure.</summary>
    sealed class GivingUpOnFailure(CancellationTokenSource gone) : DelegatingHandler(SoapHttpHandler.Create())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch
            {
                await gone.CancelAsync();
                throw;
            }
        }
    }
}

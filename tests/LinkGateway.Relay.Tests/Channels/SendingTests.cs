using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.Relay.Tests.Channels;

public class SendingTests
{
    [Fact]
    public async Task A_request_goes_out_as_it_is_and_its_answer_comes_back()
    {
        string? request = null;
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            request = await peer.ReadRequestAsync();
            await peer.WriteAsync(
                ScriptedReceiver.Answer("<answer/>", "500 No", "X-Own: 1\r\nX-Own: 2\r\nX-Hop: 3\r\nConnection: X-Hop\r\n"));
        });
        await using var world = ChannelWorld.Of(receiver.Url);

        var outcome = await world.SendAsync();

        await using var answer = outcome.Value!;
        Assert.Equal("<answer/>", await ChannelWorld.TextAsync(answer));
        Assert.Equal("a", answer.DestinationId);
        Assert.Equal(500, answer.Status);
        Assert.Equal("text/xml", answer.ContentType);
        Assert.Equal(9, answer.ContentLength);
        Assert.Equal([new("X-Own", "1"), new("X-Own", "2")], answer.Headers);
        Assert.StartsWith("POST /service HTTP/1.1\r\n", request);
        Assert.Contains("\r\nSOAPAction: \"urn:call\"\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: text/xml; charset=utf-8\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 7\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n<call/>", request);
        Assert.Equal(world.Time.GetUtcNow(), answer.RequestSentAt);
        Assert.Equal(world.Time.GetUtcNow(), answer.AnswerBegunAt);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task Connections_are_used_again()
    {
        await using var receiver = ScriptedReceiver.Answering(ScriptedReceiver.Answer("<answer/>"));
        await using var world = ChannelWorld.Of(receiver.Url);

        for (var call = 0; call < 5; call++)
            Assert.Equal("a 200 <answer/>", await world.AnswerAsync());

        Assert.Equal(5, receiver.Requests);
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_sent_in_chunks()
    {
        string? head = null;
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            head = await peer.ReadHeadAsync();
            await peer.ReadAsync("7\r\n<call/>\r\n0\r\n\r\n".Length);
            await peer.WriteAsync(ScriptedReceiver.Answer("<answer/>"));
        });
        await using var world = ChannelWorld.Of(receiver.Url);

        var outcome = await world.SendAsync(destination => ChannelWorld.Call(destination) with { ContentLength = null });

        await using var answer = outcome.Value!;
        Assert.Equal("<answer/>", await ChannelWorld.TextAsync(answer));
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Where_the_destination_says_so_a_large_body_waits_until_the_receiver_agrees()
    {
        var heads = new List<string?>();
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            heads.Add(await peer.ReadHeadAsync());
            await peer.ReadAsync(7);
            await peer.WriteAsync(ScriptedReceiver.Answer("<small/>"));
            heads.Add(await peer.ReadHeadAsync());
            await peer.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
            await peer.ReadAsync(100_000);
            await peer.WriteAsync(ScriptedReceiver.Answer("<large/>"));
        });
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", receiver.Url, service => service["expectContinue"] = true));

        Assert.Equal("a 200 <small/>", await world.AnswerAsync());
        await using var answer = (await world.SendAsync(destination => ChannelWorld.Upload(destination, 100_000))).Value!;

        Assert.Equal("<large/>", await ChannelWorld.TextAsync(answer));
        Assert.DoesNotContain("Expect", heads[0], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nExpect: 100-continue\r\n", heads[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_destination_says_so_both_directions_are_compressed()
    {
        var sent = new MemoryStream();
        IHeaderDictionary? headers = null;
        await using var receiver = await KestrelReceiver.StartAsync(async http =>
        {
            headers = new HeaderDictionary(http.Request.Headers.ToDictionary());
            await using var content = new GZipStream(http.Request.Body, CompressionMode.Decompress);
            await content.CopyToAsync(sent);
            http.Response.Headers.ContentEncoding = "gzip";
            await using var answer = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await answer.WriteAsync(Encoding.UTF8.GetBytes(new string('a', 1_000_000)));
        });
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", receiver.Url, service => service["gzip"] = true));

        var outcome = await world.SendAsync(destination => ChannelWorld.Upload(destination, 1_000_000));

        await using var answer = outcome.Value!;
        Assert.Equal(new string('a', 1_000_000), await ChannelWorld.TextAsync(answer));
        Assert.DoesNotContain(answer.Headers, header => header.Key == "Content-Encoding");
        Assert.Null(answer.ContentLength);
        Assert.Equal(1_000_000, sent.Length);
        Assert.Equal("gzip", headers!.ContentEncoding);
        Assert.Equal("gzip", headers.AcceptEncoding);
        Assert.Null(headers.ContentLength);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task A_damaged_compressed_answer_is_a_broken_one()
    {
        await using var receiver = ScriptedReceiver.Answering(
            ScriptedReceiver.Answer("no gzip at all", more: "Content-Encoding: gzip\r\n"));
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", receiver.Url, service => service["gzip"] = true));

        // A body that is coded already is not compressed, and keeps its length.
        var outcome = await world.SendAsync(destination => ChannelWorld.Call(destination) with
        {
            Headers = [new("Content-Encoding", "identity")],
        });

        Assert.Equal("LG-6010", (await ChannelWorld.BreakAsync(outcome)).Code);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task The_gateway_proves_who_it_is_by_the_configured_credentials()
    {
        string? request = null;
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            request = await peer.ReadRequestAsync();
            await peer.WriteAsync(ScriptedReceiver.Answer("<answer/>"));
        });
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", receiver.Url, service => service["credentials"] =
            new JsonObject { ["basic"] = new JsonObject { ["user"] = "gw", ["password"] = "env:SECRET" } }));
        var missing = await world.RefusalAsync();
        world.Variables["SECRET"] = "s";

        Assert.Equal("a 200 <answer/>", await world.AnswerAsync());

        Assert.Equal("LG-6006", missing.Code);
        Assert.Contains($"\r\nAuthorization: Basic {Convert.ToBase64String("gw:s"u8)}\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receivers_certificate_is_judged_by_the_configured_ones()
    {
        using var certificate = SelfSigned("CN=receiver");
        using var other = SelfSigned("CN=other");
        await using var receiver = await KestrelReceiver.StartAsync(http => http.Response.WriteAsync("<answer/>"), certificate);
        var service = ChannelWorld.Service("a", receiver.Url, service => service["trustedCertificates"] = new JsonArray("/etc/a.cer"));
        await using var trusting = ChannelWorld.Of(service.DeepClone().AsObject(), "/etc/a.cer", certificate.RawData);
        await using var distrusting = ChannelWorld.Of(service, "/etc/a.cer", other.RawData);

        Assert.Equal("a 200 <answer/>", await trusting.AnswerAsync());
        Assert.Equal("LG-6006", (await distrusting.RefusalAsync()).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_bodies_stream_both_ways(bool lengthKnown)
    {
        const int Length = 64 * 1024 * 1024;
        await using var receiver = await KestrelReceiver.StartAsync(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            await ChannelWorld.WriteZerosAsync(http.Response.BodyWriter, Length, http.RequestAborted);
        });
        await using var world = ChannelWorld.Of(receiver.Url);

        await using var answer = (await world.SendAsync(destination => ChannelWorld.Upload(destination, Length, lengthKnown))).Value!;

        Assert.Equal(Length, await LengthAsync(answer.Body));
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task What_the_senders_own_body_throws_passes_through_and_does_not_count_against_the_receiver()
    {
        await using var receiver = new ScriptedReceiver(peer => peer.WaitAsync());
        await using var world = ChannelWorld.Of(ChannelWorld.Service("a", receiver.Url,
            service => service["breaker"] = new JsonObject { ["calls"] = 2, ["failureRatio"] = 0.1 }));

        for (var call = 0; call < 4; call++)
        {
            var error = await Assert.ThrowsAsync<InvalidDataException>(() => world.SendAsync(to => ChannelWorld.Call(to) with
            {
                ContentLength = 500_000,
                CanRepeat = false,
                WriteAsync = async (output, ct) =>
                {
                    await ChannelWorld.WriteZerosAsync(output, 200_000, ct);
                    throw new InvalidDataException("The sender's attachment broke off.");
                },
            }));
            Assert.Equal("The sender's attachment broke off.", error.Message);
        }

        world.AssertNothingUnderWay();
        Assert.Empty(world.Events.Lines);
    }

    [Fact]
    public async Task An_input_error_of_the_senders_body_is_told_from_one_of_the_connection()
    {
        await using var receiver = new ScriptedReceiver(peer => peer.WaitAsync());
        await using var world = ChannelWorld.Of(receiver.Url);

        var error = await Assert.ThrowsAsync<EndOfStreamException>(() => world.SendAsync(destination => ChannelWorld.Call(destination) with
        {
            WriteAsync = (_, _) => throw new EndOfStreamException("The caller has gone."),
        }));

        Assert.Equal("The caller has gone.", error.Message);
        world.AssertNothingUnderWay();
    }

    [Fact]
    public async Task A_caller_that_goes_takes_its_call_along()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WaitAsync();
        });
        await using var world = ChannelWorld.Of(receiver.Url);
        using var caller = new CancellationTokenSource();
        var call = world.SendAsync(ct: caller.Token);
        await ChannelWorld.UntilAsync(() => receiver.Requests == 1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        world.AssertNothingUnderWay();
        Assert.Empty(world.Events.Lines);
    }

    [Fact]
    public async Task A_caller_that_goes_while_the_answer_comes_takes_its_call_along()
    {
        await using var receiver = new ScriptedReceiver(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            await peer.WaitAsync();
        });
        await using var world = ChannelWorld.Of(receiver.Url);
        using var caller = new CancellationTokenSource();
        await using (var answer = (await world.SendAsync(ct: caller.Token)).Value!)
        {
            var reading = ChannelWorld.TextAsync(answer);
            await caller.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }
        world.AssertNothingUnderWay();
        Assert.Empty(world.Events.Lines);
    }

    static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }

    static async Task<long> LengthAsync(PipeReader body)
    {
        var length = 0L;
        while (true)
        {
            var read = await body.ReadAsync();
            length += read.Buffer.Length;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return length;
        }
    }
}

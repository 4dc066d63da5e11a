using System.Globalization;
using System.Text;
using LinkGateway.Testing.Http;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>HTTP as old clients, proxies and load balancers speak it (RFC 9110, RFC 9112), over bare sockets.</summary>
public class HttpMannersTests
{
    const string Reference = "cid:file%40example.org";
    const int Large = 8 * 1024 * 1024;

    static readonly string Echo = Messages.Envelope("echo", "x");

    [Fact]
    public async Task Continue_is_sent_once_when_the_body_is_wanted()
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.Type11, Echo.Length, "Expect: 100-continue\r\n");
        Assert.Equal(100, (await client.ReadAsync())?.Status);
        await client.SendAsync(Echo);
        Assert.Equal(200, (await client.ReadAsync())?.Status);
        await client.SendAsync(Post(Echo));
        Assert.Equal(200, (await client.ReadAsync())?.Status);
    }

    [Theory]
    [InlineData("POST", "text/html", 415)]
    [InlineData("PUT", "text/xml", 405)]
    public async Task A_refusal_that_needs_no_body_comes_without_continue_and_closes(string method, string contentType, int status)
    {
        await using var server = await SoapServer.StartAsync();
        foreach (var length in new[] { 10, Large })
        {
            await using var client = await RawClient.ConnectAsync(server.Address);
            await client.SendAsync($"{method} /soap HTTP/1.1\r\nHost: test\r\nContent-Type: {contentType}\r\n"
                + $"Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n");
            var answer = await client.ReadAsync();
            Assert.Equal(status, answer?.Status);
            Assert.Equal("close", answer?["Connection"]);
            Assert.Equal("", await client.WaitUntilClosedAsync());
        }
    }

    [Fact]
    public async Task A_client_that_does_not_wait_for_continue_is_answered_all_the_same()
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(Post(Echo, more: "Expect: 100-continue\r\n"));
        var answer = await client.ReadAsync();
        Assert.Equal(200, answer?.Status == 100 ? (await client.ReadAsync())?.Status : answer?.Status);
    }

    [Theory]
    [InlineData("POST /soap", "text/html", "", 415)]
    [InlineData("POST /soap", "text/html", "Expect: 100-continue\r\n", 415)]
    [InlineData("PUT /soap", "text/xml", "", 405)]
    [InlineData("GET /soap?wsdl=none", "text/xml", "", 404)]
    public async Task A_client_that_sends_a_large_body_before_it_reads_finds_the_refusal(
        string target, string contentType, string more, int status)
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        var piece = new byte[64 * 1024];
        // The first piece goes with the head: whoever asks whether to go on is given a second to do so unasked.
        await client.SendAsync(
            $"{target} HTTP/1.1\r\nHost: test\r\nContent-Type: {contentType}\r\nContent-Length: {Large}\r\n{more}\r\n", piece);
        for (var sent = piece.Length; sent < Large; sent += piece.Length)
            await client.SendAsync(piece);
        var answer = await client.ReadAsync();
        Assert.Equal(status, answer?.Status);
        Assert.Equal("close", answer?["Connection"]);
        Assert.Equal("", await client.WaitUntilClosedAsync());
    }

    [Theory]
    [InlineData("POST /soap", "text/html", "")]
    [InlineData("POST /soap", "text/html", "Expect: 100-continue\r\n")]
    [InlineData("PUT /soap", "text/xml", "")]
    [InlineData("GET /soap?wsdl=none", "text/xml", "")]
    public async Task A_refusal_that_reads_no_body_takes_a_place_among_the_drains(string target, string contentType, string more)
    {
        await using var server = await SoapServer.StartAsync(new SoapHostOptions { Drains = 0 });
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync($"{target} HTTP/1.1\r\nHost: test\r\nContent-Type: {contentType}\r\nContent-Length: {Large}\r\n{more}\r\n");
        await client.WaitUntilClosedAsync();
        Assert.Contains("without draining", Assert.Single(server.Troubles), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "close")]
    [InlineData("Connection: close\r\n", "close")]
    [InlineData("Connection: keep-alive\r\n", "keep-alive")]
    public async Task A_client_of_HTTP_1_0_is_answered_without_chunks_and_closed_unless_it_asks_to_be_kept(string connection, string said)
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(Post(Echo, "1.0", connection));
        var answer = await client.ReadAsync();
        Assert.Equal(200, answer?.Status);
        Assert.Null(answer?["Transfer-Encoding"]);
        Assert.Equal(said, answer?["Connection"]);
        if (said == "close")
        {
            Assert.Equal("", await client.WaitUntilClosedAsync());
            return;
        }
        await client.SendAsync(Post(Echo, "1.0", connection));
        Assert.Equal(200, (await client.ReadAsync())?.Status);
    }

    [Fact]
    public async Task An_answer_of_unknown_length_ends_for_HTTP_1_0_with_the_connection()
    {
        await using var server = await SoapServer.StartAsync();
        foreach (var (version, encoding) in new[] { ("1.1", "chunked"), ("1.0", null) })
        {
            await using var client = await RawClient.ConnectAsync(server.Address);
            await client.SendAsync(Post(Messages.Envelope("fetch"), version, "Connection: keep-alive\r\n"));
            var answer = await client.ReadAsync();
            Assert.Equal(encoding, answer?["Transfer-Encoding"]);
            Assert.Null(answer?["Content-Length"]);
            Assert.EndsWith("--", answer!.Text.TrimEnd(), StringComparison.Ordinal);
            if (encoding is null)
                Assert.Equal("close", answer["Connection"]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public async Task A_chunked_body_is_read_whatever_the_size_of_its_chunks(int size)
    {
        await using var server = await SoapServer.StartAsync();
        var message = Messages.Multipart(Messages.Envelope("store", Reference), new string('x', 1000));
        await using var client = await RawClient.ConnectAsync(server.Address);
        for (var call = 1; call <= 2; call++)
        {
            await client.SendAsync(ChunkedHead + string.Concat(message.Chunk(size).Select(Chunk)) + "0\r\n\r\n");
            var answer = await client.ReadAsync();
            Assert.Equal(200, answer?.Status);
            Assert.Null(answer?["Connection"]);
            Assert.Equal(call, server.Operations.Stored.Count(stored => stored.Bytes == 1000));
        }
    }

    [Theory]
    [InlineData("{0:x};name=value\r\n{1}\r\n0;last\r\n\r\n")]
    [InlineData("{0:x};a=\"b;c\"\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("000{0:X}\r\n{1}\r\n000\r\n\r\n")]
    [InlineData("{0:x}\r\n{1}\r\n0\r\nX-Digest: abc\r\nHost: other\r\nContent-Length: 5\r\n\r\n")]
    public async Task Extensions_of_chunks_and_trailers_are_ignored(string form)
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        for (var call = 0; call < 2; call++)
        {
            var head = ChunkedHead.Replace(Messages.TypeMultipart, Messages.Type11, StringComparison.Ordinal);
            await client.SendAsync(head + string.Format(CultureInfo.InvariantCulture, form, Echo.Length, Echo));
            Assert.Equal(200, (await client.ReadAsync())?.Status);
        }
        Assert.All(server.Operations.Calls, call => Assert.Equal("test", call.Address.Host));
    }

    [Theory]
    [InlineData("refuse", 1_000)]
    [InlineData("refuse", 60_000)]
    [InlineData("unknown", 1_000)]
    public async Task A_connection_is_kept_after_a_fault_where_little_of_the_body_is_left(string operation, int length)
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        var message = Messages.Multipart(Messages.Envelope(operation), new string('x', length));
        await client.SendHeadAsync(Messages.TypeMultipart, message.Length);
        await client.SendAsync(message);
        var answer = await client.ReadAsync();
        Assert.Equal(500, answer?.Status);
        Assert.Null(answer?["Connection"]);
        await client.SendAsync(Post(Echo));
        Assert.Equal(200, (await client.ReadAsync())?.Status);
    }

    [Fact]
    public async Task A_connection_is_kept_after_a_fault_of_the_envelope()
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        foreach (var envelope in new[] { "<broken", Messages.Envelope("fail"), Messages.Envelope("busy"), "<!DOCTYPE a><a/>" })
        {
            await client.SendAsync(Post(envelope));
            var answer = await client.ReadAsync();
            Assert.Equal(500, answer?.Status);
            Assert.Null(answer?["Connection"]);
        }
    }

    [Theory]
    [InlineData("echo", 200)]
    [InlineData("refuse", 500)]
    [InlineData("notify", 202)]
    public async Task Connection_close_of_the_client_is_honoured_and_answered(string operation, int status)
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(Post(Messages.Envelope(operation), more: "Connection: close\r\n"));
        var answer = await client.ReadAsync();
        Assert.Equal((status, "close"), (answer?.Status, answer?["Connection"]));
        Assert.Equal("", await client.WaitUntilClosedAsync());
    }

    [Fact]
    public async Task Requests_in_one_segment_are_answered_in_order()
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        var multipart = Encoding.UTF8.GetString(Messages.Multipart(Messages.Envelope("refuse"), "12345"));
        var refused = $"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: {Messages.TypeMultipart}\r\n"
            + $"Content-Length: {multipart.Length}\r\n\r\n{multipart}";
        await client.SendAsync(Post(Messages.Envelope("echo", "first")) + refused + Post(Messages.Envelope("notify"))
            + Post(Messages.Envelope("echo", "last")));
        Assert.Contains("first", (await client.ReadAsync())?.Text, StringComparison.Ordinal);
        Assert.Equal(500, (await client.ReadAsync())?.Status);
        Assert.Equal(202, (await client.ReadAsync())?.Status);
        Assert.Contains("last", (await client.ReadAsync())?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_beyond_the_servers_limits_is_refused_by_status_and_closed()
    {
        await using var server = await SoapServer.StartAsync();
        var many = string.Concat(Enumerable.Range(0, 101).Select(i => $"X{i}: x\r\n"));
        foreach (var more in new[] { $"X: {new string('x', 40_000)}\r\n", many })
        {
            await using var client = await RawClient.ConnectAsync(server.Address);
            await client.SendAsync(Post(Echo, more: more));
            var answer = await client.ReadAsync();
            Assert.Equal((431, "close", "0"), (answer?.Status, answer?["Connection"], answer?["Content-Length"]));
        }
        await using var other = await RawClient.ConnectAsync(server.Address);
        await other.SendAsync($"POST /soap?{new string('x', 9_000)} HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.Equal(414, (await other.ReadAsync())?.Status);
        Assert.Empty(server.Operations.Calls);
    }

    static string ChunkedHead =>
        $"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: {Messages.TypeMultipart}\r\nTransfer-Encoding: chunked\r\n\r\n";

    static string Chunk(byte[] bytes) => $"{bytes.Length:x}\r\n{Encoding.UTF8.GetString(bytes)}\r\n";

    static string Post(string envelope, string version = "1.1", string more = "") =>
        $"POST /soap HTTP/{version}\r\nHost: test\r\nContent-Type: {Messages.Type11}\r\n"
        + $"Content-Length: {envelope.Length}\r\n{more}\r\n{envelope}";
}

using LinkGateway.Testing.Http;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>
/// Requests whose end two readers could see in different places (RFC 9112, 6 and 11.2): each is refused, and nothing after it is taken
/// for a request of its own.
/// </summary>
public class RequestSmugglingTests
{
    static readonly string Envelope = Messages.Envelope("echo", "x");

    static readonly string Next =
        $"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\nContent-Length: {Envelope.Length}\r\n\r\n"
        + Envelope;

    public static TheoryData<string, string> Heads => new()
    {
        { "two different lengths", "Content-Length: 5\r\nContent-Length: 6\r\n" },
        { "two different lengths in one", "Content-Length: 5, 6\r\n" },
        { "a length with a plus", "Content-Length: +5\r\n" },
        { "a negative length", "Content-Length: -1\r\n" },
        { "a hexadecimal length", "Content-Length: 0x5\r\n" },
        { "a length beyond all numbers", "Content-Length: 99999999999999999999\r\n" },
        { "a length with a blank inside", "Content-Length: 1 2\r\n" },
        { "an empty length", "Content-Length: \r\n" },
        { "a coding that is none", "Transfer-Encoding: xchunked\r\n" },
        { "a coding after chunked", "Transfer-Encoding: chunked, identity\r\n" },
        { "a coding before chunked", "Transfer-Encoding: gzip, chunked\r\n" },
        { "a coding of no effect before chunked", "Transfer-Encoding: identity, chunked\r\n" },
        { "a coding that is none before chunked", "Transfer-Encoding: xchunked, chunked\r\n" },
        { "chunked twice", "Transfer-Encoding: chunked, chunked\r\n" },
        { "chunked in two headers", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" },
        { "a coding twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n" },
        { "a blank before the colon", "Transfer-Encoding : chunked\r\n" },
        { "a blank before the colon of the length", "Content-Length : 5\r\n" },
        { "a folded line", "X: a\r\n b\r\nContent-Length: 5\r\n" },
        { "a folded coding", "Transfer-Encoding:\r\n chunked\r\n" },
        { "a blank at the start of the first header", " Content-Length: 5\r\n" },
        { "a carriage return alone", "X: a\rTransfer-Encoding: chunked\r\n" },
        { "a NUL in a value", "X: a\0b\r\n" },
        { "a header without colon", "Broken\r\n" },
        { "a name with a blank", "Content Length: 5\r\n" },
    };

    public static TheoryData<string, string> Chunks => new()
    {
        { "a size that is no number", "x\r\nhello\r\n0\r\n\r\n" },
        { "a size with a prefix", "0x5\r\nhello\r\n0\r\n\r\n" },
        { "a negative size", "-5\r\nhello\r\n0\r\n\r\n" },
        { "a size with a plus", "+5\r\nhello\r\n0\r\n\r\n" },
        { "a size beyond all numbers", "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n" },
        { "no size", "\r\nhello\r\n0\r\n\r\n" },
        { "a blank before the size", " 5\r\nhello\r\n0\r\n\r\n" },
        { "a line feed alone after the size", "5\nhello\r\n0\r\n\r\n" },
        { "a line feed alone within an extension", "5;a\nb\r\nhello\r\n0\r\n\r\n" },
        { "a chunk longer than its size", "4\r\nhello\r\n0\r\n\r\n" },
        { "no line end after the chunk", "5\r\nhello0\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public async Task A_head_that_can_be_read_in_two_ways_is_refused_with_400_and_closed(string what, string headers) =>
        await IsRefusedAsync(what, $"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\n{headers}\r\n0\r\n\r\n");

    [Theory]
    [InlineData("POST /soap HTTP/1.1\nHost: test\nContent-Length: 0\n\n")]
    [InlineData("POST /soap HTTP/1.1\r\nHost: test\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST /soap HTTP/1.1\r\nHost: test\r\nX: a\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("POST /soap HTTP/1.1\rHost: test\r\n\r\n")]
    [InlineData("POST  /soap HTTP/1.1\r\nHost: test\r\n\r\n")]
    [InlineData("POST /soap HTTP/1.1\r\n\r\n")]
    [InlineData("POST /soap HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("POST /soap HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("POST /soap\r\nHost: test\r\n\r\n")]
    public async Task A_line_of_the_head_that_is_none_is_refused_with_400_and_closed(string head) => await IsRefusedAsync(head, head);

    [Theory]
    [MemberData(nameof(Chunks))]
    public async Task A_chunk_that_is_none_is_refused_and_closed(string what, string chunks)
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync("POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunks + Next);
        var answer = await client.ReadAsync();
        Assert.True(answer is null or { Status: 400 or 500 }, what);
        if (answer is not null)
            Assert.Equal("close", answer["Connection"]);
        Assert.Equal("", await client.WaitUntilClosedAsync());
        Assert.Empty(server.Operations.Calls);
    }

    [Fact]
    public async Task Length_and_coding_together_are_refused_with_400_and_closed()
    {
        foreach (var headers in new[]
        {
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        })
        {
            await IsRefusedAsync(headers, $"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\n{headers}\r\n0\r\n\r\n");
        }
    }

    [Fact]
    public async Task A_coding_in_HTTP_1_0_is_refused_and_closed() => await IsRefusedAsync("1.0",
        "POST /soap HTTP/1.0\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n");

    [Fact]
    public async Task The_same_length_twice_is_refused_too() => await IsRefusedAsync("twice",
        "POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello");

    static async Task IsRefusedAsync(string what, string request)
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(request + Next);
        var answer = await client.ReadAsync();
        Assert.True(answer?.Status == 400, $"{what}: {answer}");
        Assert.Equal("close", answer["Connection"]);
        Assert.Equal("", await client.WaitUntilClosedAsync());
        Assert.Empty(server.Operations.Calls);
    }
}

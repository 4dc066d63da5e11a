using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Sending;
using LinkGateway.Testing.Http;

namespace LinkGateway.Soap.AspNetCore.Hosting;

public class EarlyRefusalTests
{
    const int Large = 64 * 1024 * 1024;

    static readonly string Head = Messages.Start(Messages.Envelope("refuse", "cid:file@example.org"));

    [Fact]
    public async Task A_client_that_sends_all_before_it_reads_finds_the_fault()
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, Head.Length + Large + Messages.End.Length);
        await client.SendAsync(Head);
        var block = new byte[1024 * 1024];
        for (var sent = 0; sent < Large; sent += block.Length)
            await client.SendAsync(block);
        await client.SendAsync(Messages.End);
        var answer = await client.ReadAnswerAsync();
        Assert.StartsWith("HTTP/1.1 500 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Contains("Refused before the attachment was read.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fault_is_there_at_once_while_the_body_is_still_open()
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, Head.Length + Large);
        await client.SendAsync(Head);
        Assert.Contains("HTTP/1.1 500 ", await client.ReadAnswerAsync(), StringComparison.Ordinal);
        await client.SendAsync("the connection still takes bytes");
    }

    [Fact]
    public async Task Draining_ends_at_drainBytes()
    {
        await using var server = await SoapServer.StartAsync(new SoapHostOptions { DrainBytes = 1024 * 1024 });
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, Head.Length + Large);
        await client.SendAsync(Head);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            var block = new byte[64 * 1024];
            for (var sent = 0; sent < Large; sent += block.Length)
                await client.SendAsync(block);
        });
    }

    [Fact]
    public async Task Draining_ends_at_drainTime()
    {
        await using var server = await SoapServer.StartAsync(new SoapHostOptions { DrainTime = TimeSpan.FromMilliseconds(50) });
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, Head.Length + Large);
        await client.SendAsync(Head);
        Assert.Contains("Refused before", await client.ReadAnswerAsync(), StringComparison.Ordinal);
        await client.WaitUntilClosedAsync();
    }

    [Fact]
    public async Task Beyond_the_number_of_drains_the_connection_is_closed_at_once()
    {
        await using var server = await SoapServer.StartAsync(new SoapHostOptions { Drains = 0 });
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, Head.Length + Large);
        await client.SendAsync(Head);
        Assert.Contains("Refused before", await client.ReadAnswerAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_rest_of_the_body_does_not_cost_the_connection()
    {
        await using var server = await SoapServer.StartAsync();
        var message = Messages.Multipart(Messages.Envelope("refuse"), "12345");
        await using var client = await RawClient.ConnectAsync(server.Address);
        for (var i = 0; i < 3; i++)
        {
            await client.SendHeadAsync(Messages.TypeMultipart, message.Length);
            await client.SendAsync(message);
            var answer = await client.ReadAnswerAsync();
            Assert.StartsWith("HTTP/1.1 500 ", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Connection: close", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Continue_is_sent_only_when_the_body_is_wanted__46()
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync("text/html", Large, "Expect: 100-continue\r\n");
        var answer = await client.ReadAnswerAsync();
        Assert.StartsWith("HTTP/1.1 415 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("100 Continue", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, 64)]
    [InlineData(true, false, 64)]
    [InlineData(false, true, 64)]
    [InlineData(true, true, 64)]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 1)]
    public async Task The_sender_surfaces_the_fault_of_a_refused_upload(bool expectContinue, bool tls, int drainMebibytes)
    {
        await using var server = await SoapServer.StartAsync(new SoapHostOptions { DrainBytes = drainMebibytes * 1024 * 1024 }, tls: tls);
        await using var response = await new SoapSender(server.Http).SendAsync(
            server.Address, Refused(Large, expectContinue), CancellationToken.None);
        Assert.Equal("Refused before the attachment was read.", response.Fault!.Reason);
    }

    [Fact]
    public async Task The_sender_says_NotSent_where_nobody_listens()
    {
        using var http = new HttpClient();
        var error = await Assert.ThrowsAsync<SoapTransportException>(() =>
            new SoapSender(http).SendAsync(new Uri("http://127.0.0.1:1/soap"), Refused(10, false), CancellationToken.None));
        Assert.Equal(SoapTransportStage.NotSent, error.Stage);
    }

    static SoapRequest Refused(int length, bool expectContinue) =>
        AttachmentTests.StoreRequest(SoapVersion.Soap11, new MemoryStream(new byte[length]), length) with
        {
            Body = writer => TestOperations.Write(writer, "refuse", ""),
            ExpectContinue = expectContinue,
        };
}

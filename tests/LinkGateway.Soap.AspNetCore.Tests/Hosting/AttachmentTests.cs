using System.Security.Cryptography;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Sending;
using LinkGateway.Testing.Http;

namespace LinkGateway.Soap.AspNetCore.Hosting;

public class AttachmentTests
{
    const string Reference = "cid:file%40example.org";

    [Theory]
    [InlineData(SoapVersion.Soap11, 0, true)]
    [InlineData(SoapVersion.Soap11, 5_000_000, true)]
    [InlineData(SoapVersion.Soap12, 5_000_000, false)]
    [InlineData(SoapVersion.Soap12, 1, true)]
    public async Task An_attachment_arrives_bit_identical(SoapVersion version, int length, bool lengthKnown)
    {
        await using var server = await SoapServer.StartAsync();
        var bytes = RandomBytes(length);
        await using var response = await new SoapSender(server.Http).SendAsync(
            server.Address, StoreRequest(version, new MemoryStream(bytes), lengthKnown ? length : null), CancellationToken.None);
        Assert.True(response.IsSuccess, response.Fault?.Reason);
        Assert.Equal((length, Convert.ToHexStringLower(SHA256.HashData(bytes))), Assert.Single(server.Operations.Stored));
    }

    [Theory]
    [InlineData("multipart/related; boundary=b0undary")]
    [InlineData("MulTipart/RelaTed;\tboundary=b0undary; type=text/xml; start=root")]
    [InlineData("multipart/related; type=\"application/xop+xml\"; start-info=\"text/xml\"; start=\"<root>\"; boundary=\"b0undary\"")]
    public async Task Habits_of_other_toolkits_are_accepted(string contentType)
    {
        await using var server = await SoapServer.StartAsync();
        using var answer = await PostAsync(server, Messages.Multipart(Messages.Envelope("store", Reference), "12345"), contentType);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(5, Assert.Single(server.Operations.Stored).Bytes);
    }

    [Fact]
    public async Task A_missing_closing_boundary_is_the_senders_fault_and_nothing_is_completed()
    {
        await using var server = await SoapServer.StartAsync();
        var message = Messages.Utf8(Messages.Start(Messages.Envelope("store", Reference)) + "12345\r\n");
        using var answer = await PostAsync(server, message, Messages.TypeMultipart);
        Assert.Equal(SoapFaultCode.Sender, (await FaultOfAsync(answer)).Code);
        Assert.Empty(server.Operations.Stored);
    }

    [Fact]
    public async Task Attachments_before_the_root_part_are_kept_within_the_limit__40()
    {
        var headers = "Content-ID".Length + "<file@example.org>".Length;
        var options = new SoapHostOptions { Message = new MessageLimits { PreRootSpoolBytes = headers + 10 } };
        await using var server = await SoapServer.StartAsync(options);
        using var fits = await PostAsync(server, RootLast("0123456789"), Messages.TypeMultipart);
        Assert.Equal(200, (int)fits.StatusCode);
        Assert.Equal(10, Assert.Single(server.Operations.Stored).Bytes);
        using var over = await PostAsync(server, RootLast("0123456789a"), Messages.TypeMultipart);
        Assert.Contains("preRootSpoolBytes", (await FaultOfAsync(over)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_part_beyond_the_limit_is_refused_by_the_options_name()
    {
        var options = new SoapHostOptions { Message = new MessageLimits { Envelope = new EnvelopeLimits { RootBytes = 1000 } } };
        await using var server = await SoapServer.StartAsync(options);
        using var answer = await PostAsync(server, Messages.Utf8(Messages.Envelope("echo", new string('x', 1000))), Messages.Type11);
        Assert.Contains("rootBytes", (await FaultOfAsync(answer)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_part_that_is_no_envelope_is_the_senders_fault()
    {
        await using var server = await SoapServer.StartAsync();
        using var answer = await PostAsync(server, Messages.Multipart("{}", "12345", "application/json"), Messages.TypeMultipart);
        Assert.Contains("root part", (await FaultOfAsync(answer)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_to_no_part_is_answered_by_the_handlers_fault()
    {
        await using var server = await SoapServer.StartAsync();
        var message = Messages.Multipart(Messages.Envelope("store", "cid:other"), "12345");
        using var answer = await PostAsync(server, message, Messages.TypeMultipart);
        Assert.Equal("There is no such attachment.", (await FaultOfAsync(answer)).Reason);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(1_000)]
    public async Task An_attachment_that_falls_silent_is_refused_by_the_options_name_and_not_waited_for(int length)
    {
        await using var server = await SoapServer.StartAsync(new SoapHostOptions { AttachmentSilence = TimeSpan.FromMilliseconds(50) });
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, length);
        await client.SendAsync(Messages.Start(Messages.Envelope("store", Reference)) + "12345");
        var answer = await client.ReadAnswerAsync();
        Assert.Contains("attachmentSilence", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Empty(server.Operations.Stored);
    }

    [Fact]
    public async Task An_attachment_that_trickles_is_refused_by_the_options_name()
    {
        await using var server = await SoapServer.StartAsync(new SoapHostOptions
        {
            AttachmentMinimumRate = int.MaxValue,
            AttachmentRateWindow = TimeSpan.FromTicks(1),
        });
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendHeadAsync(Messages.TypeMultipart, 1_000_000);
        await client.SendAsync(Messages.Start(Messages.Envelope("store", Reference)));
        var answer = client.ReadAnswerAsync();
        try
        {
            while (await Task.WhenAny(answer, Task.Delay(1)) != answer)
                await client.SendAsync("x");
        }
        catch (IOException)
        {
            // The connection is closed behind the answer.
        }
        Assert.Contains("attachmentMinimumRate", await answer, StringComparison.Ordinal);
        Assert.Empty(server.Operations.Stored);
    }

    [Theory]
    [InlineData("store", false, 100)]
    [InlineData("store", false, 100_000)]
    [InlineData("store", true, 100)]
    [InlineData("store", true, 100_000)]
    [InlineData("stall", false, 100)]
    [InlineData("stall", true, 100_000)]
    public async Task A_sender_that_goes_away_amid_an_attachment_is_no_trouble_of_the_servers(string operation, bool resets, int missing)
    {
        var part = Messages.Utf8(Messages.Start(Messages.Envelope(operation, Reference)) + "12345");
        await using var server = await SoapServer.StartAsync();
        for (var sender = 1; sender <= 10; sender++)
        {
            await using var client = await RawClient.ConnectAsync(server.Address);
            await client.SendHeadAsync(Messages.TypeMultipart, part.Length + missing);
            await client.SendAsync(part);
            while (server.Operations.BytesRead < sender * 5)
                await Task.Delay(1);
            if (resets)
                client.Reset();
        }

        await server.StopAsync();

        Assert.Empty(server.Operations.Stored);
        Assert.Empty(server.Troubles);
    }

    [Fact]
    public async Task An_operation_that_fails_amid_a_read_leaves_the_connection_usable()
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        var message = Messages.Multipart(Messages.Envelope("stall", Reference), "fail");
        for (var call = 0; call < 3; call++)
        {
            await client.SendHeadAsync(Messages.TypeMultipart, message.Length);
            await client.SendAsync(message);
            Assert.Contains("Not this one.", await client.ReadAnswerAsync(), StringComparison.Ordinal);
        }
        Assert.Empty(server.Troubles);
    }

    [Fact]
    public async Task A_client_of_HTTP_1_0_without_Host_is_served()
    {
        await using var server = await SoapServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Address);
        var envelope = Messages.Envelope("echo", "x");
        await client.SendAsync($"POST /soap HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: {envelope.Length}\r\n\r\n{envelope}");
        Assert.Contains("echoResponse", await client.ReadAnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(server.Address, Assert.Single(server.Operations.Calls).Address);
    }

    [Fact]
    public async Task An_envelope_that_does_not_come_in_time_is_refused_by_the_options_name()
    {
        await using var server = await SoapServer.StartAsync(new SoapHostOptions { HeaderAndRootTime = TimeSpan.FromMilliseconds(50) });
        await using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync($"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: {Messages.Type11}\r\nContent-Length: 1000\r\n\r\n<");
        Assert.Contains("headerAndRootTime", await client.ReadAnswerAsync(), StringComparison.Ordinal);
    }

    internal static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    internal static SoapRequest StoreRequest(SoapVersion version, Stream content, long? length) => new()
    {
        Version = version,
        Body = writer => TestOperations.Write(writer, "store", Reference),
        Attachments = [OutgoingAttachment.From(MimeHeaders.ForPart("file@example.org", new MediaType("text", "csv")), content, length)],
    };

    static byte[] RootLast(string attachment) => Messages.Utf8(
        $"--b0undary\r\nContent-ID: <file@example.org>\r\n\r\n{attachment}\r\n"
        + "--b0undary\r\nContent-ID: <root>\r\nContent-Type: text/xml\r\n\r\n"
        + Messages.Envelope("store", Reference) + Messages.End);

    static async Task<SoapFault> FaultOfAsync(HttpResponseMessage answer) =>
        SoapFault.From(SoapEnvelope.Parse(await answer.Content.ReadAsByteArrayAsync()))!;

    static async Task<HttpResponseMessage> PostAsync(SoapServer server, byte[] body, string contentType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await server.Http.PostAsync(server.Address, content);
    }
}

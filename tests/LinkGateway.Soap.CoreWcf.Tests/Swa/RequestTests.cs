using System.Security.Cryptography;
using LinkGateway.Soap.CoreWcf.Support;
using LinkGateway.Soap.Envelope;
using LinkGateway.Testing.Http;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>Requests of both versions, with and without attachments, at one endpoint that never reads synchronously.</summary>
public class RequestTests
{
    [Fact]
    public async Task One_endpoint_takes_both_versions_with_and_without_attachments()
    {
        await using var host = await VendorHost.StartAsync();
        foreach (var version in Enum.GetValues<SoapVersion>())
        {
            var alone = await host.PostAsync(
                Messages.Utf8(Messages.Envelope("Echo", "text", "宛名", version)), Messages.TypeOf(version, "urn:echo"),
                Messages.ActionHeader(version, "urn:echo"));
            var attached = await host.PostAsync(
                Messages.Multipart(Messages.Envelope("Store", "file", Messages.Reference, version), "1,2,3", version),
                Messages.MultipartTypeOf(version, "urn:store"), Messages.ActionHeader(version, "urn:store"));

            Assert.Equal("宛名", ResultOf(alone, version));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("1,2,3"u8)), ResultOf(attached, version));
        }
    }

    [Fact]
    public async Task An_attachment_is_read_by_its_pipe_too_and_shows_its_headers()
    {
        await using var host = await VendorHost.StartAsync();
        var answer = await host.PostAsync(
            Messages.Multipart(Messages.Envelope("Pipe", "file", Messages.Reference), "1,2,3"),
            Messages.MultipartTypeOf(SoapVersion.Soap11), Messages.ActionHeader(SoapVersion.Soap11, "urn:pipe"));
        Assert.Equal("file@vendor.example text/csv 5", ResultOf(answer, SoapVersion.Soap11));
    }

    [Fact]
    public async Task The_operation_reads_while_the_attachment_is_still_being_sent()
    {
        await using var host = await VendorHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host.Address);
        var head = Messages.Head(Messages.Envelope("Begin", "file", Messages.Reference));
        var rest = new string('x', 3_000_000);
        await client.SendHeadAsync(Messages.MultipartTypeOf(SoapVersion.Soap11), head.Length + 1 + rest.Length + Messages.End.Length,
            Messages.ActionHeader(SoapVersion.Soap11, "urn:begin"));
        // More than the boundary that a reader must hold back.
        await client.SendAsync(head + "x" + rest[..1000]);
        await host.Service.Begun.Task;
        await client.SendAsync(rest[1000..] + Messages.End);
        Assert.Equal("whole", ResultOf((await client.ReadAsync())!, SoapVersion.Soap11));
    }

    [Fact]
    public async Task A_body_in_chunks_is_read_like_one_of_known_length()
    {
        await using var host = await VendorHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host.Address);
        var message = Messages.Multipart(Messages.Envelope("Store", "file", Messages.Reference), "1,2,3");
        await client.SendAsync($"POST /soap HTTP/1.1\r\nHost: test\r\nContent-Type: {Messages.MultipartTypeOf(SoapVersion.Soap11)}\r\n"
            + $"SOAPAction: \"urn:store\"\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var part in message.Chunk(7))
        {
            await client.SendAsync($"{part.Length:x}\r\n");
            await client.SendAsync(part);
            await client.SendAsync("\r\n");
        }
        await client.SendAsync("0\r\n\r\n");
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData("1,2,3"u8)), ResultOf((await client.ReadAsync())!, SoapVersion.Soap11));
    }

    [Fact]
    public async Task An_operation_of_any_message_finds_the_envelope_in_the_property()
    {
        await using var host = await VendorHost.StartAsync();
        var answer = await host.PostAsync(
            Messages.Utf8(Messages.Envelope("Unheard", "of", "x")), Messages.TypeOf(SoapVersion.Soap11), "SOAPAction: \"urn:other\"\r\n");
        Assert.Equal(200, answer.Status);
        Assert.Contains("Unheard", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_in_utf16_is_read()
    {
        await using var host = await VendorHost.StartAsync();
        var envelope = System.Text.Encoding.Unicode.GetBytes("\uFEFF" + Messages.Envelope("Echo", "text", "家屋"));
        var answer = await host.PostAsync(envelope, "text/xml; charset=utf-16", "SOAPAction: \"urn:echo\"\r\n");
        Assert.Equal("家屋", ResultOf(answer, SoapVersion.Soap11));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=b0undary")]
    [InlineData("multipart/related; type=\"text/html\"; boundary=b0undary")]
    public async Task What_is_no_SOAP_type_is_refused_by_status(string contentType)
    {
        await using var host = await VendorHost.StartAsync();
        Assert.Equal(415, (await host.PostAsync("{}"u8.ToArray(), contentType)).Status);
    }

    internal static string ResultOf(RawAnswer answer, SoapVersion version)
    {
        Assert.True(answer.Status == 200, answer.ToString());
        var envelope = SoapEnvelope.Parse(answer.Body);
        Assert.Equal(version, envelope.Version);
        Assert.StartsWith(version.MediaType(), answer["Content-Type"], StringComparison.Ordinal);
        using var reader = envelope.ReadBody();
        reader.Read();
        return reader.ReadElementContentAsString();
    }
}

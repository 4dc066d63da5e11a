using System.Globalization;
using LinkGateway.Soap.CoreWcf.Support;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Sending;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>Replies with attachments, streamed, each with a boundary of its own.</summary>
public class ReplyTests
{
    [Theory]
    [InlineData(SoapVersion.Soap11)]
    [InlineData(SoapVersion.Soap12)]
    public async Task A_reply_carries_its_attachments_in_order_in_the_version_of_the_request(SoapVersion version)
    {
        await using var host = await VendorHost.StartAsync();
        await using var response = await host.Sender.SendAsync(host.Address, Fetch(2, version), CancellationToken.None);
        Assert.Equal(version, response.Envelope!.Version);
        var boundary = MediaType.TryParse(response.HttpHeader("Content-Type"), out var type) ? type.Parameter("boundary") : null;
        Assert.Equal(("multipart/related", version.MediaType()), (type?.Essence, type?.Parameter("type")));
        Assert.NotNull(boundary);
        Assert.NotNull(response.HttpHeader("Content-Length"));
        foreach (var id in new[] { "file1@vendor.example", "file2@vendor.example" })
        {
            var attachment = await response.Attachments.ReadNextAsync(CancellationToken.None);
            Assert.Equal(id, attachment!.ContentId);
            using var text = new StreamReader(attachment.OpenStream());
            Assert.Equal("1,2,3", await text.ReadToEndAsync());
        }
        Assert.Null(await response.Attachments.ReadNextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Each_reply_has_a_boundary_of_its_own()
    {
        await using var host = await VendorHost.StartAsync();
        var boundaries = new HashSet<string>();
        for (var call = 0; call < 3; call++)
        {
            await using var response = await host.Sender.SendAsync(host.Address, Fetch(1), CancellationToken.None);
            Assert.True(MediaType.TryParse(response.HttpHeader("Content-Type"), out var type));
            boundaries.Add(type.Parameter("boundary")!);
        }
        Assert.Equal(3, boundaries.Count);
    }

    [Fact]
    public async Task A_reply_without_attachments_is_an_envelope_alone_with_its_length()
    {
        await using var host = await VendorHost.StartAsync();
        await using var response = await host.Sender.SendAsync(host.Address, Fetch(0), CancellationToken.None);
        Assert.Equal("text/xml; charset=utf-8", response.HttpHeader("Content-Type"));
        Assert.NotNull(response.HttpHeader("Content-Length"));
    }

    [Fact]
    public async Task A_reply_is_sent_while_its_attachment_is_still_being_made()
    {
        await using var host = await VendorHost.StartAsync();
        await host.Service.ReplyContent.Writer.WriteAsync(new byte[200_000]);
        await using var response = await host.Sender.SendAsync(host.Address, Request("Stream", "urn:stream"), CancellationToken.None);
        var attachment = await response.Attachments.FindAsync("cid:file@vendor.example", CancellationToken.None);
        await using var content = attachment!.OpenStream();
        await content.ReadExactlyAsync(new byte[100_000]);
        await host.Service.ReplyContent.Writer.WriteAsync(new byte[50_000]);
        await host.Service.ReplyContent.Writer.CompleteAsync();
        using var rest = new MemoryStream();
        await content.CopyToAsync(rest);
        Assert.Equal(150_000, rest.Length);
    }

    [Fact]
    public async Task A_reply_whose_attachment_breaks_off_does_not_look_whole()
    {
        await using var host = await VendorHost.StartAsync();
        await host.Service.ReplyContent.Writer.WriteAsync(new byte[200_000]);
        await using var response = await host.Sender.SendAsync(host.Address, Request("Stream", "urn:stream"), CancellationToken.None);
        var attachment = await response.Attachments.FindAsync("cid:file@vendor.example", CancellationToken.None);
        await host.Service.ReplyContent.Writer.CompleteAsync(new IOException("the disk"));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var content = attachment!.OpenStream();
            await content.CopyToAsync(Stream.Null);
        });
    }

    [Fact]
    public async Task A_connection_serves_one_call_after_the_other()
    {
        await using var host = await VendorHost.StartAsync();
        await using var client = await Testing.Http.RawClient.ConnectAsync(host.Address);
        var envelope = Messages.Utf8(Messages.Envelope("Fetch", "count", "1"));
        for (var call = 0; call < 3; call++)
        {
            await client.SendHeadAsync("text/xml; charset=utf-8", envelope.Length, "SOAPAction: \"urn:fetch\"\r\n");
            await client.SendAsync(envelope);
            Assert.Equal(200, (await client.ReadAsync())?.Status);
        }
    }

    static SoapRequest Fetch(int count, SoapVersion version = SoapVersion.Soap11) =>
        Request("Fetch", "urn:fetch", version, count.ToString(CultureInfo.InvariantCulture));

    static SoapRequest Request(string operation, string action, SoapVersion version = SoapVersion.Soap11, string? count = null) => new()
    {
        Version = version,
        Action = action,
        Body = writer =>
        {
            writer.WriteStartElement(operation, IVendorService.Namespace);
            if (count is not null)
                writer.WriteElementString("count", IVendorService.Namespace, count);
            writer.WriteEndElement();
        },
    };
}

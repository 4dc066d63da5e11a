using System.IO.Pipelines;
using System.Text;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Tests.Mime;

namespace LinkGateway.Soap.Tests.Relaying;

/// <summary>A message with another envelope in it: what changes, and what keeps its bytes.</summary>
public sealed class ReplacedEnvelopeTests
{
    const string New = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><a/></s:Body></s:Envelope>";

    [Theory]
    [InlineData(SoapVersion.Soap11, "urn:act", "text/xml; charset=utf-8")]
    [InlineData(SoapVersion.Soap12, "urn:act", "application/soap+xml; charset=utf-8; action=\"urn:act\"")]
    [InlineData(SoapVersion.Soap12, null, "application/soap+xml; charset=utf-8")]
    [InlineData(SoapVersion.Soap12, "urn:登録", "application/soap+xml; charset=utf-8")]
    public async Task A_message_without_parts_is_the_new_envelope_with_the_type_of_its_version(
        SoapVersion version, string? action, string contentType)
    {
        using var message = await RelaySamples.ReadAsync(RelaySamples.Envelope, RelaySamples.PlainType);
        message.ReplaceEnvelope(Encoding.UTF8.GetBytes(New), version, action);
        Assert.Equal(contentType, message.ContentType);
        Assert.Equal(New.Length, message.Length(RelaySamples.Envelope.Length));
        Assert.Equal(New, await RelaySamples.WrittenAsync(message));
        Assert.Equal(RelaySamples.Envelope, Encoding.ASCII.GetString(message.Head.Span));
    }

    [Theory]
    [InlineData("cONTENT-tYPE:text/xml;\r\n\tcharset=UTF-8\r\nX-Odd :  a\r\n  b\r\nCONTENT-ID:  <r>  ",
        "cONTENT-tYPE: application/soap+xml; charset=utf-8; action=\"urn:a\"\r\nX-Odd :  a\r\n  b\r\nCONTENT-ID:  <r>  \r\n"
        + "Content-Transfer-Encoding: 8bit")]
    [InlineData("Content-ID: <r>\nContent-Transfer-Encoding: 7bit\nContent-Type: text/xml",
        "Content-ID: <r>\nContent-Transfer-Encoding: 8bit\nContent-Type: application/soap+xml; charset=utf-8; action=\"urn:a\"")]
    [InlineData("Content-ID: <r>\r\nContent-Transfer-Encoding: Binary\r\ncontent-length: 7\r\nContent-Type: text/xml",
        "Content-ID: <r>\r\nContent-Transfer-Encoding: Binary\r\ncontent-length: 96\r\n"
        + "Content-Type: application/soap+xml; charset=utf-8; action=\"urn:a\"")]
    public async Task In_a_multipart_message_only_the_root_part_and_the_types_that_name_its_version_change(string headers, string expected)
    {
        const string Type = "Multipart/Related; Type=\"text/xml\"; x=y; start=\"<r>\"; boundary=b; start-info=\"text/xml\"";
        var before = "preamble\r\n--b\r\nContent-ID: <a>\r\n\r\nfirst\r\n";
        var sent = before + RelaySamples.Framed(headers, RelaySamples.Envelope);
        using var message = await RelaySamples.ReadAsync(sent, Type);
        message.ReplaceEnvelope(Encoding.UTF8.GetBytes(New), SoapVersion.Soap12, "urn:a");
        Assert.Equal("multipart/related; Type=\"application/soap+xml\"; x=y; start=\"<r>\"; boundary=\"b\"; "
            + "start-info=\"application/soap+xml\"; action=\"urn:a\"", message.ContentType);
        var written = before + RelaySamples.Framed(expected, New);
        Assert.Equal(written.Length, message.Length(sent.Length));
        Assert.Equal(written, await RelaySamples.WrittenAsync(message));
    }

    [Fact]
    public async Task A_package_of_MTOM_stays_one()
    {
        var headers = "Content-ID: <r>\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"";
        using var message = await RelaySamples.ReadAsync(RelaySamples.Framed(headers, RelaySamples.Envelope),
            "multipart/related; type=\"application/xop+xml\"; start=\"<r>\"; boundary=\"b\"; start-info=\"text/xml\"");
        message.ReplaceEnvelope(Encoding.UTF8.GetBytes(New), SoapVersion.Soap12, null);
        Assert.Equal("multipart/related; type=\"application/xop+xml\"; start=\"<r>\"; boundary=\"b\"; start-info=\"application/soap+xml\"",
            message.ContentType);
        Assert.Contains("\r\nContent-Type: application/xop+xml; charset=utf-8; type=\"application/soap+xml\"\r\n",
            await RelaySamples.WrittenAsync(message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("to the letter")]
    [InlineData("line feeds alone")]
    [InlineData("folds and odd case")]
    [InlineData("root behind attachments")]
    public async Task Replaced_bytes_alone_leave_the_headers_as_they_came(string manner)
    {
        var sent = RelaySamples.Multipart[manner];
        using var message = await RelaySamples.ReadAsync(sent, RelaySamples.RelatedType);
        message.ReplaceEnvelope(Encoding.UTF8.GetBytes(New));
        Assert.Equal(RelaySamples.RelatedType, message.ContentType);
        Assert.Equal(sent.Replace(RelaySamples.Envelope, New, StringComparison.Ordinal), await RelaySamples.WrittenAsync(message));
    }

    [Theory]
    [InlineData("base64 root", "BASE64")]
    [InlineData("quoted-printable root", "Quoted-Printable")]
    public async Task An_encoded_root_part_is_encoded_no_more(string manner, string encoding)
    {
        var sent = RelaySamples.Multipart[manner];
        using var message = await RelaySamples.ReadAsync(sent, RelaySamples.RelatedType);
        message.ReplaceEnvelope(Encoding.UTF8.GetBytes(New));
        var written = await RelaySamples.WrittenAsync(message);
        Assert.Equal(sent[..sent.IndexOf(encoding, StringComparison.Ordinal)] + "8bit\r\n\r\n" + New
            + sent[sent.IndexOf("\r\n--b\r\ncontent-id", StringComparison.Ordinal)..], written);
    }

    [Fact]
    public async Task An_envelope_that_holds_the_boundary_cannot_end_its_part()
    {
        var hostile = New.Replace("<a/>", "<a>\n--b\r\nContent-ID: &lt;file>\r\n\r\nforged\r\n--b--\r\n</a>", StringComparison.Ordinal);
        using var message = await RelaySamples.ReadAsync(RelaySamples.Multipart["base64 root"], RelaySamples.RelatedType);
        message.ReplaceEnvelope(Encoding.UTF8.GetBytes(hostile), SoapVersion.Soap12, null);
        var (envelope, attachment) = await ReceivedAsync(await RelaySamples.WrittenAsync(message), message.ContentType);
        Assert.Contains("forged", envelope, StringComparison.Ordinal);
        Assert.Equal("\0\u0001\u00FF\r\n--\r\n", attachment);
    }

    [Fact]
    public async Task UTF_16_in_a_part_is_binary()
    {
        using var message = await RelaySamples.ReadAsync(RelaySamples.Multipart["base64 root"], RelaySamples.RelatedType);
        message.ReplaceEnvelope(Encoding.Unicode.GetBytes(New));
        Assert.Contains("Content-Transfer-Encoding: binary\r\n\r\n<\0", await RelaySamples.WrittenAsync(message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_of_replaced_addresses_is_read_again_by_the_charset_of_its_own_part()
    {
        // Without mark and XML declaration, and not beginning with '<', its bytes do not tell that they are UTF-16.
        var root = Encoding.Latin1.GetString(Encoding.Unicode.GetBytes("\n" + RelaySamples.Envelope));
        using var message = await RelaySamples.ReadAsync(
            RelaySamples.Framed("Content-Type: text/xml; charset=utf-16le\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: binary", root),
            RelaySamples.RelatedType);
        var replaced = EnvelopeRewriter.ReplaceReplyAddresses(message.Envelope, _ => "http://gw");
        Assert.Equal("utf-16le", message.Charset);
        Assert.Equal("put", SoapEnvelope.Parse(replaced.Envelope, message.Charset).BodyName?.LocalName);
    }

    [Fact]
    public async Task The_last_replacement_counts()
    {
        using var message = await RelaySamples.ReadAsync(RelaySamples.Multipart["to the letter"], RelaySamples.RelatedType);
        message.ReplaceEnvelope(Encoding.UTF8.GetBytes(New), SoapVersion.Soap12, "urn:a");
        message.ReplaceEnvelope(Encoding.UTF8.GetBytes(RelaySamples.Envelope));
        Assert.Equal(RelaySamples.RelatedType, message.ContentType);
        Assert.Equal(RelaySamples.Multipart["to the letter"], await RelaySamples.WrittenAsync(message));
    }

    [Fact]
    public async Task A_message_that_is_on_its_way_keeps_its_envelope()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(ReaderFixture.Bytes(RelaySamples.Multipart["to the letter"]));
        using var message = await RelaySamples.ReadAsync(pipe.Reader, RelaySamples.RelatedType);
        await pipe.Writer.CompleteAsync();
        await RelaySamples.WrittenAsync(message);
        Assert.Throws<InvalidOperationException>(() => message.ReplaceEnvelope(Encoding.UTF8.GetBytes(New)));
    }

    static async Task<(string Envelope, string Attachment)> ReceivedAsync(string written, string contentType)
    {
        Assert.True(MediaType.TryParse(contentType, out var mediaType));
        using var message = await SoapMessage.ReadAsync(new SegmentFeed(ReaderFixture.Bytes(written), Cuts.Of(11)), mediaType);
        using var body = message.Envelope.ReadBody();
        var envelope = body.ReadOuterXml();
        var attachment = await message.Attachments.ReadNextAsync(CancellationToken.None);
        var read = await attachment!.Body.ReadAtLeastAsync(int.MaxValue);
        var content = Encoding.Latin1.GetString(System.Buffers.BuffersExtensions.ToArray(read.Buffer));
        attachment.Body.AdvanceTo(read.Buffer.End);
        Assert.Null(await message.Attachments.ReadNextAsync(CancellationToken.None));
        return (envelope, content);
    }
}

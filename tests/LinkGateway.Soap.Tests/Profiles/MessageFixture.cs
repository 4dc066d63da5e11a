using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using LinkGateway.Soap.Tests.Mime;

namespace LinkGateway.Soap.Tests.Profiles;

/// <summary>
/// A SwA message that keeps to the letter of every standard, to be bent by single replacements, and what reading it comes to.
/// </summary>
public sealed record MessageFixture(string ContentType, string Body)
{
    public const string Reference = "cid:file@example.org";

    const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";

    public static MessageFixture ToTheLetter { get; } = new(
        "multipart/related; type=\"text/xml\"; start=\"<root@example.org>\"; boundary=\"b\"",
        "--b\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <root@example.org>\r\n\r\n"
        + $"<e:Envelope xmlns:e=\"{Soap11}\"><e:Header><h xmlns=\"urn:h\" e:mustUnderstand=\"0\"/></e:Header><e:Body>"
        + $"<put xmlns=\"urn:t\"><file>{Reference}</file></put></e:Body></e:Envelope>\r\n"
        + "--b\r\nContent-Type: text/csv\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <file@example.org>\r\n\r\n1,2\n3,4"
        + "\r\n--b--\r\n");

    public MessageFixture Type(string from, string to) => this with { ContentType = Replace(ContentType, from, to) };

    public MessageFixture Content(string from, string to) => this with { Body = Replace(Body, from, to) };

    /// <summary>
    /// Reads envelope, the attachment that a reference (or, without one, the element's name) means, and the rest of the message.
    /// </summary>
    public async Task<(string Attachment, DeviationLog Deviations)> ReadAsync(WireProfile profile, string? reference = Reference)
    {
        Assert.True(MediaType.TryParse(ContentType, out var mediaType));
        var deviations = new DeviationLog(profile);
        var feed = new SegmentFeed(Encoding.Latin1.GetBytes(Body), Cuts.Of(7));
        using var message = await SoapMessage.ReadAsync(feed, mediaType, deviations: deviations);
        var found = reference is null
            ? await message.Attachments.FindPartAsync("file", CancellationToken.None)
            : await message.Attachments.FindAsync(reference, CancellationToken.None);
        var attachment = found is null ? "" : await TextAsync(found.Body);
        await message.Attachments.FinishAsync(CancellationToken.None);
        return (attachment, deviations);
    }

    static async Task<string> TextAsync(PipeReader body)
    {
        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await body.ReadAsync();
            foreach (var segment in read.Buffer)
                bytes.Write(segment.Span);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return Encoding.Latin1.GetString(bytes.WrittenSpan);
        }
    }

    static string Replace(string text, string from, string to)
    {
        Assert.Contains(from, text, StringComparison.Ordinal);
        return text.Replace(from, to, StringComparison.Ordinal);
    }
}

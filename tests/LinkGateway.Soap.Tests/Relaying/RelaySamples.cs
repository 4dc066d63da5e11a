using System.IO.Pipelines;
using System.Text;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using LinkGateway.Soap.Relaying;
using LinkGateway.Soap.Tests.Mime;

namespace LinkGateway.Soap.Tests.Relaying;

/// <summary>Messages as text, one character a byte, and what relaying them comes to.</summary>
static class RelaySamples
{
    public const string PlainType = "text/xml; charset=utf-8";
    public const string RelatedType = "Multipart/Related;type=text/xml; start=\"<r>\"; boundary=\"b\"; x=' y'";

    public const string Envelope =
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Header><u:x xmlns:u='urn:unknown' e:mustUnderstand='1'/>"
        + "</e:Header><e:Body><put xmlns='urn:t'>  cid:file </put></e:Body></e:Envelope>";

    /// <summary>Multipart messages of many manners of writing the same.</summary>
    public static IReadOnlyDictionary<string, string> Multipart { get; } = new Dictionary<string, string>
    {
        ["to the letter"] = Framed("Content-Type: text/xml; charset=utf-8\r\nContent-ID: <r>", Envelope),
        ["line feeds alone"] = Framed("Content-Type: text/xml; charset=utf-8\r\nContent-ID: <r>", Envelope).Replace("\r\n", "\n"),
        ["preamble and epilogue"] =
            "This is\r\n--not it\r\n" + Framed("Content-ID: <r>\r\nContent-Type: text/xml", Envelope) + "\r\nthe end\n",
        ["folds and odd case"] = Framed("cONTENT-tYPE:text/xml;\r\n\tcharset=UTF-8\r\nX-Odd :  a\r\n  b\r\nCONTENT-ID:  <r>  ", Envelope),
        ["padded boundaries"] = Framed("Content-Type: text/xml\r\nContent-ID: <r>", Envelope).Replace("--b\r\n", "--b \t\r\n"),
        ["base64 root"] = Framed("Content-Type: text/xml\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: BASE64",
            Convert.ToBase64String(Encoding.ASCII.GetBytes(Envelope), Base64FormattingOptions.InsertLineBreaks)),
        ["quoted-printable root"] = Framed("Content-Type: text/xml\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: Quoted-Printable",
            Envelope.Replace("=", "=3D").Replace("><", ">=\r\n<")),
        ["root behind attachments"] = "--b\r\nContent-ID: <a>\r\n\r\n\0\r\r\n--bb\r\n"
            + Framed("Content-Type: text/xml; charset=utf-8\r\nContent-ID: <r>", Envelope),
        ["empty attachment, no epilogue"] =
            $"--b\r\nContent-Type: text/xml\r\nContent-ID: <r>\r\n\r\n{Envelope}\r\n--b\r\n\r\n\r\n--b--",
        ["broken behind the envelope"] =
            $"--b\r\nContent-Type: text/xml\r\nContent-ID: <r>\r\n\r\n{Envelope}\r\n--b\r\nno header\r\n\r\n--",
    };

    public static string Framed(string rootHeaders, string root) =>
        $"--b\r\n{rootHeaders}\r\n\r\n{root}\r\n--b\r\ncontent-id: <file>\r\nContent-Type: application/octet-stream\r\n"
        + "Content-Transfer-Encoding: Binary\r\nX-Later: 1\r\n\r\n\0\u0001\u00FF\r\n--\r\n\r\n--b--\r\n";

    public static ValueTask<RelayedMessage> ReadAsync(
        PipeReader body, string contentType, MessageLimits? limits = null, DeviationLog? deviations = null)
    {
        Assert.True(MediaType.TryParse(contentType, out var mediaType));
        return RelayedMessage.ReadAsync(body, contentType, mediaType, limits, deviations, CancellationToken.None);
    }

    public static ValueTask<RelayedMessage> ReadAsync(string message, string contentType, MessageLimits? limits = null) =>
        ReadAsync(new SegmentFeed(ReaderFixture.Bytes(message), Cuts.Of(7)), contentType, limits);

    /// <summary>All that a message is written as.</summary>
    public static async Task<string> WrittenAsync(RelayedMessage message)
    {
        var output = new MemoryStream();
        await message.WriteToAsync(PipeWriter.Create(output), CancellationToken.None);
        return Encoding.Latin1.GetString(output.ToArray());
    }
}

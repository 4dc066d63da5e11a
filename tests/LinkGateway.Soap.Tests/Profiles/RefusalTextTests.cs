using System.Text;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Tests.Mime;
using static LinkGateway.Soap.Tests.Profiles.MessageFixture;

namespace LinkGateway.Soap.Tests.Profiles;

/// <summary>Whatever is refused, its sender reads the place, and the rule or the option that governs it.</summary>
public sealed class RefusalTextTests
{
    const string Rule = @"\((RFC \d+ [\d.]+|SOAP 1\.1 4|SwA 3|WS-I BP 1\.1 R\d+)\)";

    static readonly MessageLimits Tight = new()
    {
        Multipart = new MultipartOptions
        {
            Parts = 3,
            PartHeaders = 3,
            PartHeaderBytes = 200,
            PreambleBytes = 20,
            EpilogueBytes = 20,
            PaddingBytes = 10,
        },
        Envelope = new EnvelopeLimits
        {
            RootBytes = 2000,
            EnvelopeDepth = 8,
            ElementAttributes = 8,
            NameLength = 40,
            NamespaceLength = 60,
            HeaderNodes = 20,
        },
        PreRootSpoolBytes = 10,
    };

    static readonly string Long = new('x', 100);

    public static TheoryData<string, string, string> OfFraming => new()
    {
        { nameof(MimeError.MissingBoundaryParameter), Rule, Key(ToTheLetter.Type("; boundary=\"b\"", "")) },
        { nameof(MimeError.InvalidBoundaryParameter), Rule, Key(ToTheLetter.Type("\"b\"", $"\"{new string('b', 201)}\"")) },
        {
            nameof(MimeError.PreambleTooLong), "preambleBytes",
            Key(ToTheLetter.Content("--b\r\nContent-Type: text/xml", $"{Long}--b\r\nC: x"))
        },
        { nameof(MimeError.FirstBoundaryMissing), Rule, Key(ToTheLetter with { Body = "" }) },
        { nameof(MimeError.PaddingTooLong), "paddingBytes", Key(ToTheLetter.Content("--b--", $"--b--{new string(' ', 20)}")) },
        { nameof(MimeError.HeaderMalformed), Rule, Key(ToTheLetter.Content("Content-Type: text/csv", "Content-Type text/csv")) },
        { nameof(MimeError.HeadersTooLarge), "partHeaderBytes", Key(ToTheLetter.Content("text/csv", $"text/csv; a={Long}; b={Long}")) },
        { nameof(MimeError.TooManyHeaders), "partHeaders", Key(ToTheLetter.Content("text/csv\r\n", "text/csv\r\nA: 1\r\nB: 1\r\n")) },
        { nameof(MimeError.TooManyParts), "parts", Key(ToTheLetter.Content("\r\n--b--", "\r\n--b\r\n\r\n\r\n--b\r\n\r\n\r\n--b--")) },
        { nameof(MimeError.ClosingBoundaryMissing), Rule, Key(ToTheLetter.Content("\r\n--b--", "")) },
        { nameof(MimeError.BadBase64), "RFC 2045 6.8", Key(ToTheLetter.Content("binary", "base64")) },
        {
            nameof(MimeError.BadQuotedPrintable), "RFC 2045 6.7",
            Key(ToTheLetter.Content("binary", "quoted-printable").Content("1,2\n3,4", "=xy"))
        },
        { nameof(MimeError.UnknownTransferEncoding), Rule, Key(ToTheLetter.Content("binary", "uuencode")) },
        { nameof(MimeError.EpilogueTooLong), "epilogueBytes", Key(ToTheLetter.Content("--b--\r\n", $"--b--\r\n{Long}")) },
    };

    public static TheoryData<string, string, string> OfEnvelopes => new()
    {
        { nameof(SoapFormatError.NotWellFormed), @"line \d+, position \d+", Key(ToTheLetter.Content("</file>", "</fil>")) },
        { nameof(SoapFormatError.Encoding), Rule, Key(ToTheLetter.Content("charset=utf-8", "charset=shift_jis")) },
        { nameof(SoapFormatError.Encoding), Rule, Key(ToTheLetter.Content("urn:t", "urn:\u0080")) },
        { nameof(SoapFormatError.DocumentType), Rule, Key(ToTheLetter.Content("<e:Envelope", "<!DOCTYPE a><e:Envelope")) },
        { nameof(SoapFormatError.ProcessingInstruction), Rule, Key(ToTheLetter.Content("<e:Body>", "<?a b?><e:Body>")) },
        { nameof(SoapFormatError.NotAnEnvelope), Rule, Key(ToTheLetter.Content("e:Envelope", "e:Other")) },
        { nameof(SoapFormatError.NotAnEnvelope), Rule, Key(ToTheLetter.Content("e:Body", "e:Other")) },
        {
            nameof(SoapFormatError.VersionMismatch), @"line \d+.*SOAP 1\.2",
            Key(ToTheLetter.Content("http://schemas.xmlsoap.org/soap/", "urn:x/"))
        },
        { nameof(SoapFormatError.ContentAfterBody), Rule, Key(ToTheLetter.Content("</e:Body>", "</e:Body><x/>")) },
        { nameof(SoapFormatError.TooLarge), "rootBytes", Key(ToTheLetter.Content("urn:t", new string('u', 3000))) },
        {
            nameof(SoapFormatError.TooDeep), "envelopeDepth.* at ",
            Key(ToTheLetter.Content(Reference, "<a><a><a><a><a><a/></a></a></a></a></a>"))
        },
        {
            nameof(SoapFormatError.TooManyAttributes), "elementAttributes.* at ",
            Key(ToTheLetter.Content("<file>", $"<file {string.Concat(Enumerable.Range(0, 9).Select(n => $"a{n}='' "))}>"))
        },
        { nameof(SoapFormatError.NameTooLong), "nameLength.* at ", Key(ToTheLetter.Content("<file>", $"<file {Long}=''>")) },
        { nameof(SoapFormatError.NameTooLong), "namespace.* at .*namespaceLength", Key(ToTheLetter.Content("urn:t", $"urn:{Long}")) },
        {
            nameof(SoapFormatError.TooManyHeaderNodes), "headerNodes.* at ",
            Key(ToTheLetter.Content("<h xmlns", $"{string.Concat(Enumerable.Repeat("<x/>", 21))}<h xmlns"))
        },
        {
            nameof(SoapFormatError.HeaderAttribute), "header 'h'.*R1013",
            Key(ToTheLetter.Content("mustUnderstand=\"0\"", "mustUnderstand=\"x\""))
        },
        { nameof(SoapFormatError.RootPart), Rule, Key(ToTheLetter.Content("text/xml", "text/plain")) },
        { nameof(SoapFormatError.RootPart), Rule, Key(ToTheLetter with { Body = "--b--" }) },
        {
            nameof(SoapFormatError.SpoolFull), "Part 1.*preRootSpoolBytes",
            Key(ToTheLetter.Content("--b\r\nContent-Type: text/xml", $"--b\r\n\r\n{Long}\r\n--b\r\nContent-Type: text/xml"))
        },
    };

    [Theory]
    [MemberData(nameof(OfFraming))]
    public async Task A_refusal_of_framing_names_part_byte_and_rule_or_option(string error, string said, string message)
    {
        var refusal = Assert.IsType<MimeFormatException>(await RefusalAsync(message));

        Assert.Equal(error, refusal.Error.ToString());
        Assert.Matches(@"^(Part \d+|Multipart body), byte \d+: ", refusal.Message);
        Assert.Matches(said, refusal.Message);
    }

    [Theory]
    [MemberData(nameof(OfEnvelopes))]
    public async Task A_refusal_of_an_envelope_names_the_place_and_rule_or_option(string error, string said, string message)
    {
        var refusal = Assert.IsType<SoapFormatException>(await RefusalAsync(message));

        Assert.Equal(error, refusal.Error.ToString());
        Assert.Matches(said, refusal.Message);
    }

    [Fact]
    public void Every_error_of_framing_has_a_sample() =>
        Assert.Equal(
            Enum.GetNames<MimeError>().Except([nameof(MimeError.Deviation)]).Order(),
            OfFraming.Select(sample => (string)sample[0]).Order());

    static async Task<Exception?> RefusalAsync(string message)
    {
        var (contentType, body) = Parse(message);
        Assert.True(MediaType.TryParse(contentType, out var mediaType));
        return await Record.ExceptionAsync(async () =>
        {
            var feed = new SegmentFeed(Encoding.Latin1.GetBytes(body), Cuts.Of(50));
            using var read = await SoapMessage.ReadAsync(feed, mediaType, Tight);
            if (await read.Attachments.FindAsync(Reference, CancellationToken.None) is { } found)
            {
                while (await found.Body.ReadAsync() is { IsCompleted: false } part)
                    found.Body.AdvanceTo(part.Buffer.End);
            }
            await read.Attachments.FinishAsync(CancellationToken.None);
        });
    }

    // Theory data as text, so that each case has a name of its own.
    static string Key(MessageFixture message) => $"{message.ContentType}\n\n{message.Body}";

    static (string ContentType, string Body) Parse(string key)
    {
        var end = key.IndexOf("\n\n", StringComparison.Ordinal);
        return (key[..end], key[(end + 2)..]);
    }
}

using System.Text;
using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

public class SoapEnvelopeTests
{
    const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    [Theory]
    [InlineData(Soap11, SoapVersion.Soap11)]
    [InlineData(Soap12, SoapVersion.Soap12)]
    public void Version_is_told_by_the_namespace(string soap, SoapVersion version)
    {
        var envelope = Parse(Envelope("<a xmlns='urn:a'>1</a>", soap: soap));
        Assert.Equal(version, envelope.Version);
        Assert.Equal(XName.Get("a", "urn:a"), envelope.BodyName);
        Assert.False(envelope.IsFault);
    }

    [Theory]
    [InlineData("utf-8", false, null)]
    [InlineData("utf-8", true, "utf-8")]
    [InlineData("utf-8", true, "utf-16")]
    [InlineData("utf-16", true, null)]
    [InlineData("utf-16", false, null)]
    [InlineData("utf-16", true, "utf-16")]
    [InlineData("utf-16BE", true, null)]
    [InlineData("utf-16BE", false, "utf-16be")]
    [InlineData("utf-16", false, "UTF-16LE")]
    public void Utf8_and_utf16_are_read_with_and_without_mark(string encodingName, bool mark, string? charset)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Envelope("<a>𠮷野家</a>"))];
        using var body = SoapEnvelope.Parse(bytes, charset).ReadBody();
        Assert.Equal("𠮷野家", body.ReadElementContentAsString());
    }

    [Fact]
    public void The_charset_of_the_media_type_outranks_the_declaration()
    {
        var bytes = Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='Shift_JIS'?>" + Envelope("<a>字</a>"));
        using var body = SoapEnvelope.Parse(bytes, "utf-8").ReadBody();
        Assert.Equal("字", body.ReadElementContentAsString());
    }

    [Theory]
    [InlineData("<a", SoapFormatError.NotWellFormed)]
    [InlineData("", SoapFormatError.NotWellFormed)]
    [InlineData("<e:Envelope xmlns:e='urn:other'><e:Body/></e:Envelope>", SoapFormatError.VersionMismatch)]
    [InlineData("<html/>", SoapFormatError.NotAnEnvelope)]
    [InlineData("<e:Envelope xmlns:e='S'/>", SoapFormatError.NotAnEnvelope)]
    [InlineData("<e:Envelope xmlns:e='S'><a/></e:Envelope>", SoapFormatError.NotAnEnvelope)]
    [InlineData("<e:Envelope xmlns:e='S'>x<e:Body/></e:Envelope>", SoapFormatError.NotAnEnvelope)]
    [InlineData("<e:Envelope xmlns:e='S'><e:Body/><e:Header/></e:Envelope>", SoapFormatError.ContentAfterBody)]
    [InlineData("<e:Envelope xmlns:e='S'><e:Body/><a/></e:Envelope>", SoapFormatError.ContentAfterBody)]
    [InlineData("<!DOCTYPE a><e:Envelope xmlns:e='S'><e:Body/></e:Envelope>", SoapFormatError.DocumentType)]
    [InlineData("<?a b?><e:Envelope xmlns:e='S'><e:Body/></e:Envelope>", SoapFormatError.ProcessingInstruction)]
    [InlineData("<e:Envelope xmlns:e='S'><e:Body><a><?a b?></a></e:Body></e:Envelope>", SoapFormatError.ProcessingInstruction)]
    [InlineData("<e:Envelope xmlns:e='S'><e:Header><a><?a b?></a></e:Header><e:Body/></e:Envelope>", SoapFormatError.ProcessingInstruction)]
    [InlineData("<e:Envelope xmlns:e='S'><e:Body/></e:Envelope>x", SoapFormatError.NotWellFormed)]
    [InlineData("<?xml version='1.0' encoding='Shift_JIS'?><e:Envelope xmlns:e='S'><e:Body/></e:Envelope>", SoapFormatError.Encoding)]
    public void What_is_not_an_envelope_is_refused_with_its_reason(string text, SoapFormatError error)
    {
        text = text.Replace("'S'", $"'{Soap11}'", StringComparison.Ordinal);
        Assert.Equal(error, Assert.Throws<SoapFormatException>(() => Parse(text)).Error);
    }

    [Theory]
    [InlineData("Shift_JIS")]
    [InlineData("no such thing")]
    public void Other_charsets_are_refused(string charset) => Assert.Equal(SoapFormatError.Encoding,
        Assert.Throws<SoapFormatException>(() => SoapEnvelope.Parse(Encoding.UTF8.GetBytes(Envelope("<a/>")), charset)).Error);

    [Fact]
    public void A_broken_sequence_of_bytes_is_refused_and_never_replaced()
    {
        var bytes = Encoding.Latin1.GetBytes(Envelope("<a>\u00E9</a>"));
        Assert.Equal(SoapFormatError.Encoding, Assert.Throws<SoapFormatException>(() => SoapEnvelope.Parse(bytes)).Error);
    }

    [Fact]
    public void A_fault_of_form_far_behind_wide_characters_is_told_as_such() => Assert.Equal(SoapFormatError.NotWellFormed,
        Assert.Throws<SoapFormatException>(() => Parse(Envelope($"<a>x{new string('字', 5000)}</b>"))).Error);

    [Fact]
    public void Depth_is_limited_in_body_and_header()
    {
        var nested = string.Concat(Enumerable.Repeat("<a>", 62)) + string.Concat(Enumerable.Repeat("</a>", 62));
        Parse(Envelope(nested, nested));
        foreach (var text in new[] { Envelope($"<a>{nested}</a>"), Envelope("<a/>", $"<a>{nested}</a>") })
            Assert.Equal(SoapFormatError.TooDeep, Assert.Throws<SoapFormatException>(() => Parse(text)).Error);
    }

    [Fact]
    public void Bytes_and_header_nodes_are_limited_by_options_that_the_refusal_names()
    {
        var bytes = Encoding.UTF8.GetBytes(Envelope("<a/>", "<h x='1'/><h x='1'/>"));
        var size = Assert.Throws<SoapFormatException>(
            () => SoapEnvelope.Parse(bytes, null, new EnvelopeLimits { RootBytes = bytes.Length - 1 }));
        Assert.Contains("rootBytes", size.Message, StringComparison.Ordinal);
        SoapEnvelope.Parse(bytes, null, new EnvelopeLimits { RootBytes = bytes.Length, HeaderNodes = 4 });
        var nodes = Assert.Throws<SoapFormatException>(() => SoapEnvelope.Parse(bytes, null, new EnvelopeLimits { HeaderNodes = 3 }));
        Assert.Contains("headerNodes", nodes.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_keep_their_order_and_attributes()
    {
        var envelope = Parse(Envelope("<a/>",
            "<x xmlns='urn:1' e:mustUnderstand='1'/>\n<e:Body/><y xmlns='urn:2' e:actor='urn:someone' e:mustUnderstand='true'><z/></y>"));
        Assert.Equal(["x", "Body", "y"], envelope.Headers.Select(header => header.Name.LocalName));
        Assert.Equal([true, false, true], envelope.Headers.Select(header => header.MustUnderstand));
        Assert.Equal("a", envelope.BodyName!.LocalName);
        Assert.Equal("urn:someone", envelope.Headers[2].Role);
        Assert.Equal("x", envelope.FirstNotUnderstood(new HashSet<XName>())!.Name.LocalName);
        Assert.Null(envelope.FirstNotUnderstood(new HashSet<XName> { XName.Get("x", "urn:1") }));
    }

    [Fact]
    public void A_mustUnderstand_that_is_no_boolean_is_refused() => Assert.Equal(SoapFormatError.HeaderAttribute,
        Assert.Throws<SoapFormatException>(() => Parse(Envelope("<a/>", "<x e:mustUnderstand='yes'/>"))).Error);

    [Theory]
    [InlineData("")]
    [InlineData(" \n<!-- nothing -->")]
    public void An_empty_body_has_no_name(string body)
    {
        var envelope = Parse(Envelope(body));
        Assert.Null(envelope.BodyName);
        Assert.Throws<InvalidOperationException>(envelope.ReadBody);
    }

    [Fact]
    public void The_body_can_be_read_again_and_knows_the_prefixes_declared_above_it()
    {
        var envelope = Parse(Envelope("<a xmlns:t='urn:t' type='e:Envelope'/>"));
        for (var i = 0; i < 2; i++)
        {
            using var body = envelope.ReadBody();
            Assert.Equal(Soap11, body.LookupNamespace("e"));
        }
    }

    static SoapEnvelope Parse(string text) => SoapEnvelope.Parse(Encoding.UTF8.GetBytes(text));

    static string Envelope(string body, string header = "", string soap = Soap11) =>
        $"<e:Envelope xmlns:e='{soap}'>{(header.Length == 0 ? "" : $"<e:Header>{header}</e:Header>")}<e:Body>{body}</e:Body></e:Envelope>";
}

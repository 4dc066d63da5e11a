using System.Text;
using System.Xml;
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

    [Fact]
    public void A_fault_of_form_far_behind_wide_characters_is_told_as_such() => Assert.Equal(SoapFormatError.NotWellFormed,
        Assert.Throws<SoapFormatException>(() => Parse(Envelope($"<a>x{new string('字', 5000)}</b>"))).Error);

    [Fact]
    public void Headers_keep_their_order_and_attributes()
    {
        var envelope = Parse(Envelope("<a/>",
            "<x xmlns='urn:1' e:mustUnderstand='1'/>\n<e:Body/><y xmlns='urn:2' e:actor='urn:someone' e:mustUnderstand='true'><z/></y>"));
        Assert.Equal(["x", "Body", "y"], envelope.Headers.Select(header => header.Name.LocalName));
        Assert.Equal([true, false, true], envelope.Headers.Select(header => header.MustUnderstand));
        Assert.Equal("a", envelope.BodyName!.LocalName);
        Assert.Equal("urn:someone", envelope.Headers[2].Role);
        Assert.Equal("x", Assert.Single(envelope.NotUnderstood(new HashSet<XName>())).Name.LocalName);
        Assert.Empty(envelope.NotUnderstood(new HashSet<XName> { XName.Get("x", "urn:1") }));
    }

    [Fact]
    public void Text_between_header_blocks_hides_none_of_them()
    {
        var envelope = Parse(Envelope("<a/>", "x<b/>y<![CDATA[z]]><c xmlns='urn:c' e:mustUnderstand='1'/>"));
        Assert.Equal(["b", "c"], envelope.Headers.Select(header => header.Name.LocalName));
        Assert.Equal("c", Assert.Single(envelope.NotUnderstood(new HashSet<XName>())).Name.LocalName);
    }

    [Theory]
    [InlineData("x<a/>")]
    [InlineData("<![CDATA[x]]> <a/>")]
    public void Text_before_the_first_element_of_the_body_is_passed_over(string content)
    {
        using var body = Parse(Envelope(content)).ReadBody();
        Assert.Equal((XmlNodeType.Element, "a"), (body.NodeType, body.LocalName));
    }

    [Fact]
    public void An_element_with_the_reserved_prefix_is_refused_because_no_answer_could_repeat_it() => Assert.Equal(
        SoapFormatError.NotWellFormed, Assert.Throws<SoapFormatException>(() => Parse(Envelope("<a/>", "<xmlns:b/>"))).Error);

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

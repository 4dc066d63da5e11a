using System.Xml.Linq;
using static LinkGateway.Soap.Envelope.EnvelopeSamples;

namespace LinkGateway.Soap.Envelope;

/// <summary>Who must understand which header block: SOAP 1.1, 4.2, and SOAP 1.2 part 1, 2.2 to 2.6 and 5.2.</summary>
public class ProcessingRulesTests
{
    const string Next12 = Soap12 + "/role/next";
    const string Ultimate12 = Soap12 + "/role/ultimateReceiver";
    const string None12 = Soap12 + "/role/none";
    const string Next11 = "http://schemas.xmlsoap.org/soap/actor/next";

    [Theory]
    [InlineData(Soap11, "e:mustUnderstand='1'", true)]
    [InlineData(Soap11, "e:mustUnderstand='0'", false)]
    [InlineData(Soap11, "", false)]
    [InlineData(Soap11, $"e:mustUnderstand='1' e:actor='{Next11}'", true)]
    [InlineData(Soap11, "e:mustUnderstand='1' e:actor=''", true)]
    [InlineData(Soap11, "e:mustUnderstand='1' e:actor='urn:somebody-else'", false)]
    [InlineData(Soap11, $"e:mustUnderstand='0' e:actor='{Next11}'", false)]
    [InlineData(Soap11, $"e:mustUnderstand='1' e:role='{None12}'", true)]
    [InlineData(Soap11, "mustUnderstand='1'", false)]
    [InlineData(Soap12, "e:mustUnderstand='1'", true)]
    [InlineData(Soap12, "e:mustUnderstand='true'", true)]
    [InlineData(Soap12, "e:mustUnderstand=' true '", true)]
    [InlineData(Soap12, "e:mustUnderstand='false'", false)]
    [InlineData(Soap12, $"e:mustUnderstand='true' e:role='{Next12}'", true)]
    [InlineData(Soap12, $"e:mustUnderstand='true' e:role='{Ultimate12}'", true)]
    [InlineData(Soap12, $"e:mustUnderstand='true' e:role='{None12}'", false)]
    [InlineData(Soap12, "e:mustUnderstand='true' e:role='urn:somebody-else'", false)]
    [InlineData(Soap12, $"e:mustUnderstand='true' e:role='{Next12}' e:relay='true'", true)]
    [InlineData(Soap12, "e:mustUnderstand='true' e:actor='urn:somebody-else'", true)]
    public void A_block_must_be_understood_when_it_says_so_and_is_for_the_receiver(string soap, string attributes, bool must)
    {
        var envelope = Parse(Message("<a/>", $"<h xmlns='urn:h' {attributes}/>", soap));
        Assert.Equal(must ? ["h"] : [], envelope.NotUnderstood(new HashSet<XName>()).Select(header => header.Name.LocalName));
        Assert.Empty(envelope.NotUnderstood(new HashSet<XName> { XName.Get("h", "urn:h") }));
    }

    [Fact]
    public void All_blocks_that_are_not_understood_are_told_in_their_order()
    {
        var envelope = Parse(Message("<a/>", Repeat(5, i => $"<h{i} e:mustUnderstand='{i % 2}'/>")));
        Assert.Equal(["h1", "h3"], envelope.NotUnderstood(new HashSet<XName>()).Select(header => header.Name.LocalName));
        Assert.Equal(["h0", "h1", "h2", "h3", "h4"], envelope.Headers.Select(header => header.Name.LocalName));
    }

    [Theory]
    [InlineData(Soap12, "e:relay='1'", true)]
    [InlineData(Soap12, "e:relay='false'", false)]
    [InlineData(Soap12, "", false)]
    [InlineData(Soap11, "e:relay='1'", false)]
    public void Relay_is_known_in_SOAP_1_2_alone(string soap, string attributes, bool relay) =>
        Assert.Equal(relay, Assert.Single(Parse(Message("<a/>", $"<h {attributes}/>", soap)).Headers).Relay);

    [Theory]
    [InlineData("mustUnderstand")]
    [InlineData("relay")]
    public void A_flag_that_is_no_boolean_is_refused_by_its_name(string name)
    {
        var refusal = Refusal(Message("<a/>", $"<h e:{name}='yes'/>", Soap12));
        Assert.Equal(SoapFormatError.HeaderAttribute, refusal.Error);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://www.w3.org/2001/12/soap-envelope")]
    [InlineData("http://schemas.xmlsoap.org/soap/envelope")]
    [InlineData("")]
    public void An_envelope_of_another_namespace_is_another_version(string soap)
    {
        var refusal = Refusal($"<Envelope xmlns='{soap}'><Body/></Envelope>");
        Assert.Equal(SoapFormatError.VersionMismatch, refusal.Error);
        Assert.Equal(SoapFaultCode.VersionMismatch, refusal.Fault.Code);
    }

    [Fact]
    public void Another_version_is_told_before_anything_else_that_is_wrong() => Assert.Equal(SoapFormatError.VersionMismatch,
        Refusal("<Envelope xmlns='urn:other'><Header><h mustUnderstand='yes'/></Header><Header/><?a b?><Body/><x/></Envelope>").Error);
}

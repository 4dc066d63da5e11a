using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Soap.Tests.Relaying;

/// <summary>SOAP 1.1 in and SOAP 1.2 out, and back. Seeds are fixed; a failure prints the case.</summary>
public sealed class VersionConversionTests
{
    const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";
    const string Soap11Next = "http://schemas.xmlsoap.org/soap/actor/next";

    static readonly XNamespace Old = Soap11;
    static readonly XNamespace New = Soap12;

    static readonly Gen<string> Attribute = Gen.Elements(
        "", " a='1'", " p:a=' x&#10;y&#13;&#9;'", " p:b='&lt;' xmlns:p='urn:other'", " xsi:type='p:T'", " xml:space='preserve'",
        " xmlns=''", " xmlns='urn:d'", " xmlns:q='urn:p' q:c=''");

    static readonly Gen<string> Leaf = Gen.Elements(
        "text", "  \n ", "&#13;", "<![CDATA[<&]]>", "漢字𠮷", "&amp;&lt;", "<!-- c -->", "<p:x/>", "<e:Body/>", "<p>q:name</p>",
        "]]&gt;");

    static Gen<string> Content(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(Leaf, from attribute in Attribute
                          from name in Gen.Elements("p:c", "c", "e:Fault2", "q:c")
                          from children in Content(depth - 1).ListOf()
                          select $"<{name}{attribute}>{string.Concat(children.Take(4))}</{name}>");

    [Theory]
    [InlineData(Soap11, SoapVersion.Soap12)]
    [InlineData(Soap12, SoapVersion.Soap11)]
    public void There_and_back_the_body_is_what_it_was(string soap, SoapVersion to) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261127, 3), Prop.ForAll(
            (from attribute in Attribute from children in Content(3).ListOf() select (attribute, children)).ToArbitrary(), sample =>
            {
                var envelope = Parse($"<e:Envelope xmlns:e='{soap}' xmlns:p='urn:p' xmlns:xsi='urn:i'><e:Body xmlns:q='urn:q'>"
                    + $"<p:root{sample.attribute}>{string.Concat(sample.children)}</p:root></e:Body></e:Envelope>");
                var there = Converted(envelope, to);
                var back = Converted(there, envelope.Version);
                var body = Body(envelope);
                return XNode.DeepEquals(Body(there), body) && XNode.DeepEquals(Body(back), body);
            }));

    [Theory]
    [InlineData("xmlns:env{0} ", "env")]
    [InlineData("<a xmlns:env{0}='u'/>", "env400000")]
    public async Task A_free_prefix_is_found_in_one_pass_however_many_are_taken(string taken, string free)
    {
        // A search for each of these prefixes would pass over some million million bytes.
        var all = string.Concat(Enumerable.Range(0, 400_000).Select(i => taken.Replace("{0}", i == 0 ? "" : $"{i}")));
        var envelope = SoapEnvelope.Parse(
            Encoding.UTF8.GetBytes($"<e:Envelope xmlns:e='{Soap11}'><e:Body><all>{all}</all></e:Body></e:Envelope>"),
            limits: new EnvelopeLimits { RootBytes = 16 * 1024 * 1024 });
        var converted = await Task.Run(() => EnvelopeRewriter.Convert(envelope, SoapVersion.Soap12)).WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Contains($"<{free}:Envelope ", Encoding.UTF8.GetString(converted.Span[..200]), StringComparison.Ordinal);
    }

    [Fact]
    public void Header_blocks_keep_their_order_and_their_meaning()
    {
        var converted = Converted(Parse(
            $"<Envelope xmlns='{Soap11}' xmlns:e='{Soap11}'><Header>\n<a xmlns='urn:a' e:mustUnderstand='1' e:actor='{Soap11Next}' z='2'/>"
            + "<b:b xmlns:b='urn:b' e:mustUnderstand='0' e:actor=''/><c:c xmlns:c='urn:c' e:actor='urn:role'>"
            + "<d e:mustUnderstand='1'/></c:c></Header><Body/></Envelope>"), SoapVersion.Soap12);
        Assert.Equal(SoapVersion.Soap12, converted.Version);
        Assert.Equal(["a", "b", "c"], converted.Headers.Select(header => header.Name.LocalName));
        Assert.Equal([true, false, false], converted.Headers.Select(header => header.MustUnderstand));
        Assert.Equal([Soap12 + "/role/next", null, "urn:role"], converted.Headers.Select(header => header.Role));
        Assert.Equal("true", converted.Headers[0].Element.Attribute(New + "mustUnderstand")?.Value);
        Assert.Equal("2", converted.Headers[0].Element.Attribute("z")?.Value);
        Assert.Null(converted.BodyName);
    }

    [Fact]
    public void Header_blocks_of_soap_12_lose_what_soap_11_does_not_know()
    {
        var converted = Converted(Parse($"<e:Envelope xmlns:e='{Soap12}'><e:Header>"
            + $"<a e:mustUnderstand='true' e:relay='true' e:role='{Soap12}/role/next'/><b e:role='{Soap12}/role/ultimateReceiver'/>"
            + $"<c e:role='{Soap12}/role/none' e:mustUnderstand='false'/><e:NotUnderstood qname='a'/></e:Header><e:Body/></e:Envelope>"),
            SoapVersion.Soap11);
        Assert.Equal(["a", "b", "c"], converted.Headers.Select(header => header.Name.LocalName));
        Assert.Equal([Soap11Next, null, Soap12 + "/role/none"], converted.Headers.Select(header => header.Role));
        Assert.Equal("1", converted.Headers[0].Element.Attribute(Old + "mustUnderstand")?.Value);
        Assert.Equal("0", converted.Headers[2].Element.Attribute(Old + "mustUnderstand")?.Value);
        Assert.DoesNotContain(converted.Headers[0].Element.Attributes(), attribute => attribute.Name.LocalName == "relay");
    }

    [Fact]
    public void A_prefix_that_the_new_version_would_take_may_be_in_use_anywhere()
    {
        var converted = Converted(Parse($"<e:Envelope xmlns:e='{Soap11}'><e:Header xmlns:env='urn:1'><env:a xmlns:env1='urn:2' "
            + "e:mustUnderstand='1'/></e:Header><e:Body xmlns:env='urn:3' xmlns=''><env:b/></e:Body></e:Envelope>"), SoapVersion.Soap12);
        Assert.True(Assert.Single(converted.Headers).MustUnderstand);
        Assert.Equal("{urn:3}b", converted.BodyName?.ToString());
    }

    [Fact]
    public void Names_in_content_stay_bound_to_their_namespaces()
    {
        var converted = Converted(Parse($"<e:Envelope xmlns:e='{Soap11}' xmlns:env='urn:taken'><e:Body xmlns:n='urn:n'>"
            + "<a type='n:T'>e:Client env:x</a></e:Body></e:Envelope>"), SoapVersion.Soap12);
        using var body = converted.ReadBody();
        Assert.Equal(["urn:n", Soap11, "urn:taken"], new[] { "n", "e", "env" }.Select(body.LookupNamespace));
    }

    [Theory]
    [InlineData("<e:Body e:encodingStyle='urn:s'><a/></e:Body>", "urn:s")]
    [InlineData("<e:Body e:encodingStyle='urn:s'><a e:encodingStyle=''/></e:Body>", Soap12 + "/encoding/none")]
    [InlineData("<e:Body><a e:encodingStyle=' urn:s'/></e:Body>", " urn:s")]
    [InlineData("<e:Body><a/></e:Body>", null)]
    public void An_encodingStyle_stands_on_what_it_is_of(string body, string? style)
    {
        var text = Text(EnvelopeRewriter.Convert(Parse($"<e:Envelope xmlns:e='{Soap11}'>{body}</e:Envelope>"), SoapVersion.Soap12));
        var converted = XElement.Parse(text).Element(New + "Body")!;
        Assert.Null(converted.Attribute(New + "encodingStyle"));
        Assert.Equal(style, converted.Element("a")!.Attribute(New + "encodingStyle")?.Value);
    }

    [Theory]
    [InlineData("e:Client", "Sender", null)]
    [InlineData("e:Server", "Receiver", null)]
    [InlineData("e:MustUnderstand", "MustUnderstand", null)]
    [InlineData("e:VersionMismatch", "VersionMismatch", null)]
    [InlineData(" Client ", "Sender", null)]
    [InlineData("undeclared:Client", "Sender", null)]
    [InlineData("e:Client.Authentication", "Sender", "{http://schemas.xmlsoap.org/soap/envelope/}Client.Authentication")]
    [InlineData("n:Broken", "Receiver", "{urn:n}Broken")]
    [InlineData("Broken", "Receiver", "Broken")]
    [InlineData("", "Receiver", null)]
    [InlineData(":x", "Receiver", null)]
    [InlineData("n:", "Receiver", null)]
    [InlineData("n:a:b", "Receiver", null)]
    public void Codes_become_codes_of_soap_12(string faultcode, string code, string? subcode)
    {
        var fault = Fault12($"<e:Fault xmlns:n='urn:n'><faultcode>{faultcode}</faultcode><faultstring>x</faultstring></e:Fault>");
        Assert.Equal(New + code, Name(fault.Element(New + "Code")!.Element(New + "Value")!));
        var actual = fault.Element(New + "Code")!.Element(New + "Subcode")?.Element(New + "Value");
        Assert.Equal(subcode, actual is null ? null : Name(actual).ToString());
    }

    [Theory]
    [InlineData("e:Sender", "", "{http://schemas.xmlsoap.org/soap/envelope/}Client")]
    [InlineData("e:Receiver", "", "{http://schemas.xmlsoap.org/soap/envelope/}Server")]
    [InlineData("e:MustUnderstand", "", "{http://schemas.xmlsoap.org/soap/envelope/}MustUnderstand")]
    [InlineData("e:DataEncodingUnknown", "", "{http://schemas.xmlsoap.org/soap/envelope/}Client")]
    [InlineData("nonsense", "", "{http://schemas.xmlsoap.org/soap/envelope/}Server")]
    [InlineData("e:Sender", "n:Broken", "{urn:n}Broken")]
    [InlineData("e:Sender", "o:Client.Authentication", "{http://schemas.xmlsoap.org/soap/envelope/}Client.Authentication")]
    [InlineData("e:Sender", "undeclared:x", "{http://schemas.xmlsoap.org/soap/envelope/}Client")]
    public void Codes_become_codes_of_soap_11(string code, string subcode, string faultcode)
    {
        var nested = subcode.Length == 0 ? "" : $"<e:Subcode><e:Value>{subcode}</e:Value></e:Subcode>";
        var fault = Fault11($"<e:Fault xmlns:n='urn:n' xmlns:o='{Soap11}'><e:Code><e:Value>{code}</e:Value>{nested}</e:Code>"
            + "<e:Reason><e:Text xml:lang='en'>x</e:Text></e:Reason></e:Fault>");
        Assert.Equal(faultcode, Name(fault.Element("faultcode")!).ToString());
    }

    [Fact]
    public void All_else_of_a_fault_finds_its_place_in_soap_12()
    {
        var fault = Fault12("<e:Fault><faultcode>e:Client</faultcode><faultstring xml:lang='ja'>不明</faultstring>"
            + "<faultactor>urn:actor</faultactor><detail x='1'> <a xmlns='urn:a' t='e:x'>1</a><b/></detail></e:Fault>");
        Assert.Equal(["Code", "Reason", "Role", "Detail"], fault.Elements().Select(child => child.Name.LocalName));
        var text = fault.Element(New + "Reason")!.Element(New + "Text")!;
        Assert.Equal(("不明", "ja"), (text.Value, text.Attribute(XNamespace.Xml + "lang")?.Value));
        Assert.Equal("urn:actor", fault.Element(New + "Role")!.Value);
        Assert.Equal(" <a xmlns=\"urn:a\" t=\"e:x\">1</a><b />", Inner(fault.Element(New + "Detail")!));
        Assert.Equal("1", fault.Element(New + "Detail")!.Attribute("x")?.Value);
    }

    [Theory]
    [InlineData("<e:Text xml:lang='en'>e</e:Text><e:Text xml:lang='ja-JP'>j</e:Text>", "j")]
    [InlineData("<e:Text xml:lang='fr'>f</e:Text><e:Text xml:lang='en-GB'>e</e:Text>", "e")]
    [InlineData("<e:Text xml:lang='fr'>f</e:Text><e:Text xml:lang='de'>d</e:Text>", "f")]
    public void All_else_of_a_fault_finds_its_place_in_soap_11(string texts, string reason)
    {
        var fault = Fault11($"<e:Fault><e:Code><e:Value>e:Sender</e:Value></e:Code><e:Reason>{texts}</e:Reason><e:Node>urn:node</e:Node>"
            + "<e:Role>urn:role</e:Role><e:Detail><a/></e:Detail></e:Fault>");
        Assert.Equal(["faultcode", "faultstring", "faultactor", "detail"], fault.Elements().Select(child => child.Name.ToString()));
        Assert.Equal(reason, fault.Element("faultstring")!.Value);
        Assert.Equal("urn:role", fault.Element("faultactor")!.Value);
        Assert.Equal("<a />", Inner(fault.Element("detail")!));
    }

    [Fact]
    public void Names_without_prefix_in_a_detail_keep_their_namespace()
    {
        var fault = Fault11("<e:Fault xmlns='urn:d'><e:Code><e:Value>e:Sender</e:Value></e:Code><e:Reason/><e:Detail>"
            + "<e2:x xmlns:e2='urn:x' type='T'/></e:Detail></e:Fault>");
        Assert.Equal("urn:d", fault.Element("detail")!.Elements().Single().GetDefaultNamespace());
    }

    [Fact]
    public void An_envelope_of_this_version_is_not_converted() => Assert.Throws<ArgumentException>(
        () => EnvelopeRewriter.Convert(Parse($"<e:Envelope xmlns:e='{Soap11}'><e:Body/></e:Envelope>"), SoapVersion.Soap11));

    [Fact]
    public void Comments_and_blanks_of_the_payload_stay()
    {
        const string Payload = "\n<a> <!-- one --><b><![CDATA[<]]></b>\n</a> ";
        var envelope = Parse($"<e:Envelope xmlns:e='{Soap11}'><e:Body>{Payload}</e:Body></e:Envelope>");
        Assert.Contains($"<env:Body>{Payload}</env:Body>", Text(EnvelopeRewriter.Convert(envelope, SoapVersion.Soap12)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_fault_is_none()
    {
        var envelope = Parse($"<e:Envelope xmlns:e='{Soap11}'><e:Body><a/><e:Fault><x/></e:Fault></e:Body></e:Envelope>");
        Assert.Contains("<e:Fault><x /></e:Fault>", Text(EnvelopeRewriter.Convert(envelope, SoapVersion.Soap12)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_detail_is_found_wherever_it_stands()
    {
        var fault = Fault12("<e:Fault><e:detail><detail/></e:detail><faultstring/><faultcode>e:Server</faultcode></e:Fault>");
        Assert.Equal(["Code", "Reason", "Detail"], fault.Elements().Select(child => child.Name.LocalName));
        Assert.Equal("<detail />", Inner(fault.Element(New + "Detail")!));
    }

    [Fact]
    public void UTF_16_becomes_UTF_8()
    {
        var envelope = SoapEnvelope.Parse(Encoding.Unicode.GetBytes(
            $"<?xml version='1.0' encoding='utf-16'?><e:Envelope xmlns:e='{Soap11}'><e:Body><a>髙</a></e:Body></e:Envelope>"));
        var converted = EnvelopeRewriter.Convert(envelope, SoapVersion.Soap12);
        Assert.Contains("髙", Text(converted), StringComparison.Ordinal);
        Assert.Equal("a", SoapEnvelope.Parse(converted, "utf-8").BodyName);
    }

    static XElement Fault12(string fault) => Fault(fault, Soap11, SoapVersion.Soap12);

    static XElement Fault11(string fault) => Fault(fault, Soap12, SoapVersion.Soap11);

    static XElement Fault(string fault, string soap, SoapVersion to)
    {
        var envelope = Parse($"<e:Envelope xmlns:e='{soap}'><e:Body>{fault}</e:Body></e:Envelope>");
        var converted = EnvelopeRewriter.Convert(envelope, to);
        Assert.True(SoapEnvelope.Parse(converted).IsFault);
        Assert.NotNull(SoapFault.From(SoapEnvelope.Parse(converted)));
        var ns = to.Namespace();
        return XElement.Parse(Text(converted), LoadOptions.PreserveWhitespace).Element(ns + "Body")!.Element(ns + "Fault")!;
    }

    static XName Name(XElement holder)
    {
        var parts = holder.Value.Split(':');
        return parts.Length == 1 ? holder.GetDefaultNamespace() + parts[0] : holder.GetNamespaceOfPrefix(parts[0])! + parts[1];
    }

    static string Inner(XElement element)
    {
        using var reader = element.CreateReader();
        reader.Read();
        return reader.ReadInnerXml();
    }

    static XNode Body(SoapEnvelope envelope)
    {
        using var reader = envelope.ReadBody();
        return XNode.ReadFrom(reader);
    }

    static SoapEnvelope Converted(SoapEnvelope envelope, SoapVersion to) => SoapEnvelope.Parse(EnvelopeRewriter.Convert(envelope, to));

    static SoapEnvelope Parse(string text) => SoapEnvelope.Parse(Encoding.UTF8.GetBytes(text));

    static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}

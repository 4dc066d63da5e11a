using LinkGateway.Relay.Catalogue;

namespace LinkGateway.Relay.Validation;

public sealed class MessageValidatorTests
{
    const string Secret = "山田太郎-4711-abstract xsi:type The Pattern constraint failed.";

    static readonly ServiceContract House = SampleMessages.Contract(
        """
        <xs:simpleType name='Number'><xs:restriction base='xs:string'><xs:pattern value='[0-9]{3}'/></xs:restriction></xs:simpleType>
        <xs:simpleType name='Size'><xs:restriction base='xs:decimal'><xs:minInclusive value='1'/><xs:maxExclusive value='10'/>
          <xs:totalDigits value='4'/><xs:fractionDigits value='2'/></xs:restriction></xs:simpleType>
        <xs:simpleType name='Short'><xs:restriction base='xs:string'><xs:minLength value='2'/><xs:maxLength value='4'/>
          </xs:restriction></xs:simpleType>
        <xs:simpleType name='Use'><xs:restriction base='xs:string'><xs:enumeration value='411'/><xs:enumeration value='471'/>
          </xs:restriction></xs:simpleType>
        <xs:complexType name='Place'><xs:sequence><xs:element name='town' type='xs:string'/></xs:sequence></xs:complexType>
        <xs:complexType name='Lot'><xs:complexContent><xs:extension base='t:Place'><xs:sequence><xs:element name='lot' type='xs:int'/>
          </xs:sequence>
          </xs:extension></xs:complexContent></xs:complexType>
        <xs:complexType name='Shape' abstract='true'/>
        <xs:element name='mark' abstract='true' type='xs:string'/>
        <xs:element name='stamp' substitutionGroup='t:mark' type='xs:string'/>
        <xs:element name='known' type='xs:int'/>
        <xs:element name='Get'><xs:complexType><xs:sequence>
          <xs:element name='number' type='t:Number' minOccurs='0' maxOccurs='unbounded'/>
          <xs:element name='size' type='t:Size' minOccurs='0'/>
          <xs:element name='short' type='t:Short' minOccurs='0'/>
          <xs:element name='use' type='t:Use' minOccurs='0'/>
          <xs:element name='builtOn' type='xs:date'/>
          <xs:element name='floors' type='xs:int' nillable='true' minOccurs='0'/>
          <xs:element name='place' type='t:Place' minOccurs='0'/>
          <xs:element name='shape' type='t:Shape' minOccurs='0'/>
          <xs:element ref='t:mark' minOccurs='0'/>
          <xs:element name='plan' type='xs:base64Binary' minOccurs='0'/>
          <xs:element name='fixed' type='xs:string' fixed='F' minOccurs='0'/>
          <xs:element name='any' minOccurs='0'><xs:complexType><xs:sequence>
            <xs:any processContents='lax' namespace='##any' maxOccurs='unbounded'/>
            </xs:sequence></xs:complexType></xs:element>
          </xs:sequence><xs:attribute name='kind' type='xs:int'/></xs:complexType></xs:element>
        <xs:element name='GetResponse' type='xs:string'/>
        <xs:element name='Problem'><xs:complexType><xs:sequence><xs:element name='code' type='xs:int'/></xs:sequence></xs:complexType>
          </xs:element>
        """, fault: true);

    const string Date = "<t:builtOn>2026-01-01</t:builtOn>";

    [Theory]
    [InlineData(Date)]
    [InlineData("<t:number>123</t:number><t:number><![CDATA[456]]></t:number><t:size>9.99</t:size><t:short>abc</t:short>"
        + "<t:use>471</t:use>" + Date)]
    [InlineData("\n <!-- c -->" + Date + "\n<t:floors xsi:nil='true'/>\n")]
    [InlineData(Date + "<t:floors xsi:type='xs:int'>1</t:floors>")]
    [InlineData(Date + "<t:place xsi:type='t:Lot'><t:town>x</t:town><t:lot>1</t:lot></t:place>")]
    [InlineData(Date + "<t:stamp>x</t:stamp>")]
    [InlineData(Date + "<t:any><o:other xmlns:o='urn:o'><o:x y='1'/></o:other><t:known>1</t:known></t:any>")]
    [InlineData(Date + "<t:plan><i:Include xmlns:i='http://www.w3.org/2004/08/xop/include' href='cid:a@b'/></t:plan>")]
    [InlineData("<t:builtOn s:encodingStyle='http://schemas.xmlsoap.org/soap/encoding/' "
        + "xsi:schemaLocation='urn:t http://127.0.0.1:9/x.xsd'>2026-01-01</t:builtOn>")]
    public void A_message_that_keeps_its_contract_has_no_findings(string content) =>
        Assert.Empty(House.ValidateRequest($"<t:Get kind='1'>{content}</t:Get>"));

    [Theory]
    [InlineData("<t:number>12</t:number>" + Date, "/Body/Get/number", "pattern",
        "The value of 'number' breaks the pattern of its type: [0-9]{3}.")]
    [InlineData("<t:size>0.5</t:size>" + Date, "/Body/Get/size", "minInclusive",
        "The value of 'size' breaks the minInclusive of its type: 1.")]
    [InlineData("<t:size>10</t:size>" + Date, "/Body/Get/size", "maxExclusive",
        "The value of 'size' breaks the maxExclusive of its type: 10.")]
    [InlineData("<t:size>1.234</t:size>" + Date, "/Body/Get/size", "fractionDigits",
        "The value of 'size' breaks the fractionDigits of its type: 2.")]
    [InlineData("<t:short>a</t:short>" + Date, "/Body/Get/short", "minLength", "The value of 'short' breaks the minLength of its type: 2.")]
    [InlineData("<t:short>abcde</t:short>" + Date, "/Body/Get/short", "maxLength",
        "The value of 'short' breaks the maxLength of its type: 4.")]
    [InlineData("<t:use>1</t:use>" + Date, "/Body/Get/use", "enumeration", "The value of 'use' breaks the enumeration of its type.")]
    [InlineData("<t:builtOn>yesterday</t:builtOn>", "/Body/Get/builtOn", "type xs:date", "The value of 'builtOn' is no valid xs:date.")]
    [InlineData("<t:size>large</t:size>" + Date, "/Body/Get/size", "type xs:decimal", "The value of 'size' is no valid xs:decimal.")]
    [InlineData("<t:number>123</t:number>", "/Body/Get", "missing element",
        "'Get' is not complete; expected: 'number', 'size', 'short', 'use', 'builtOn'.")]
    [InlineData(Date + "<t:number>123</t:number>", "/Body/Get/number", "element not allowed",
        "'number' is not allowed here; expected: 'floors', 'place', 'shape', 'mark', 'stamp', ….")]
    [InlineData(Date + "<builtOn/>", "/Body/Get/builtOn[2]", "element not allowed",
        "'builtOn' is not allowed here; expected: 'floors', 'place', 'shape', 'mark', 'stamp', ….")]
    [InlineData(Date + "<t:place><t:town/><t:lot/></t:place>", "/Body/Get/place/lot", "element not allowed",
        "'lot' is not allowed here; nothing more is expected.")]
    [InlineData(Date + "<t:place/>", "/Body/Get/place", "missing element", "'place' is not complete; expected: 'town'.")]
    [InlineData(Date + "<t:plan xsi:nil='true'/>", "/Body/Get/plan", "not nillable", "'plan' may not be xsi:nil.")]
    [InlineData(Date + "<t:place xsi:type='t:Nothing'><t:town/></t:place>", "/Body/Get/place", "xsi:type",
        "The xsi:type of 'place' is unknown, or no type that may stand here.")]
    [InlineData(Date + "<t:place xsi:type='t:Number'>123</t:place>", "/Body/Get/place", "xsi:type",
        "The xsi:type of 'place' is unknown, or no type that may stand here.")]
    [InlineData(Date + "<t:place xsi:type='gone:Place'><t:town/></t:place>", "/Body/Get/place", "xsi:type",
        "The xsi:type of 'place' is unknown, or no type that may stand here.")]
    [InlineData(Date + "<t:place xsi:type=':'><t:town/></t:place>", "/Body/Get/place", "xsi:type",
        "The xsi:type of 'place' is unknown, or no type that may stand here.")]
    [InlineData(Date + "<t:place xsi:type=''><t:town/></t:place>", "/Body/Get/place", "xsi:type",
        "The xsi:type of 'place' is unknown, or no type that may stand here.")]
    [InlineData(Date + "<t:floors xsi:nil='yes'>1</t:floors>", "/Body/Get/floors", "type xs:boolean",
        "The xsi:nil of 'floors' is no valid xs:boolean.")]
    [InlineData(Date + "<t:floors xsi:nil='1'>1</t:floors>", "/Body/Get/floors", "no text allowed", "'floors' may hold no text.")]
    [InlineData(Date + "<t:shape/>", "/Body/Get/shape", "abstract",
        "'shape' is abstract: send an element of its substitution group, or an xsi:type.")]
    [InlineData(Date + "<t:mark>x</t:mark>", "/Body/Get/mark", "abstract",
        "'mark' is abstract: send an element of its substitution group, or an xsi:type.")]
    [InlineData(Date + "<t:fixed>G</t:fixed>", "/Body/Get/fixed", "fixed value", "'fixed' has not the value that is fixed for it.")]
    [InlineData(Date + "<t:any><t:known>x</t:known></t:any>", "/Body/Get/any/known", "type xs:int",
        "The value of 'known' is no valid xs:int.")]
    [InlineData("x" + Date, "/Body/Get", "no text allowed", "'Get' may hold no text.")]
    [InlineData(Date + "<t:plan>%</t:plan>", "/Body/Get/plan", "type xs:base64Binary", "The value of 'plan' is no valid xs:base64Binary.")]
    public void A_breach_is_told_by_path_and_rule_in_words_of_our_own(string content, string path, string rule, string text)
    {
        var finding = Assert.Single(House.ValidateRequest($"<t:Get>{content}</t:Get>"));
        Assert.Equal((path, rule, text), (finding.Path, finding.Rule, finding.Text));
    }

    [Theory]
    [InlineData("kind='x'", "type xs:int", "The value of attribute 'kind' of 'Get' is no valid xs:int.")]
    [InlineData("other='x'", "attribute not allowed", "'Get' may not have the attribute 'other'.")]
    public void A_breach_by_an_attribute_is_told_at_its_element(string attribute, string rule, string text)
    {
        var finding = Assert.Single(House.ValidateRequest($"<t:Get {attribute}>{Date}</t:Get>"));
        Assert.Equal(("/Body/Get", rule, text), (finding.Path, finding.Rule, finding.Text));
    }

    [Fact]
    public void Lines_are_those_of_the_envelope_as_it_came()
    {
        var findings = House.ValidateRequest("\n<t:Get>\n <t:number>123</t:number><t:number>\n12</t:number>\n  <t:size/>\n\n</t:Get>");
        Assert.Equal([(3, 27, "/Body/Get/number[2]"), (5, 4, "/Body/Get/size"), (7, 3, "/Body/Get")],
            findings.Select(finding => (finding.Line, finding.Position, finding.Path)));
    }

    [Theory]
    [InlineData("<t:Other/>", "wrong element", "The body holds 'Other' of 'urn:t'; a request of Get holds 'Get' of 'urn:t'.")]
    [InlineData("<Get/>", "wrong element", "The body holds 'Get' of ''; a request of Get holds 'Get' of 'urn:t'.")]
    [InlineData("<s:Fault/>", "wrong element",
        "The body holds 'Fault' of 'http://schemas.xmlsoap.org/soap/envelope/'; a request of Get holds 'Get' of 'urn:t'.")]
    [InlineData("<t:Get>" + Date + "</t:Get><t:Get/>", "wrong element", "The body holds 2 elements; a request of Get holds one.")]
    [InlineData("", "missing element", "The body is empty; a request of Get holds 'Get' of 'urn:t'.")]
    public void A_body_of_another_kind_is_told_at_once(string body, string rule, string text)
    {
        var finding = Assert.Single(House.ValidateRequest(body));
        Assert.Equal((rule, text), (finding.Rule, finding.Text));
    }

    [Fact]
    public void A_response_is_the_answer_of_the_operation()
    {
        Assert.Empty(House.ValidateResponse("<t:GetResponse>x</t:GetResponse>"));
        Assert.Equal("wrong element", Assert.Single(House.ValidateResponse("<t:Get/>")).Rule);
    }

    [Theory]
    [InlineData(SampleMessages.Soap11, "<faultcode>s:Client</faultcode><faultstring>x</faultstring><detail>{0}</detail>",
        "/Body/Fault/detail/Problem/code")]
    [InlineData(SampleMessages.Soap12, "<s:Code><s:Value>s:Sender</s:Value></s:Code><s:Detail>{0}</s:Detail>",
        "/Body/Fault/Detail/Problem[2]/code")]
    public void Of_a_fault_the_declared_elements_of_the_detail_are_validated(string soap, string fault, string path)
    {
        var good = "<t:Problem><t:code>1</t:code></t:Problem>";
        var bad = "<t:Problem><t:code>x</t:code></t:Problem>";
        string Fault(string detail) => $"<s:Fault>{fault.Replace("{0}", detail, StringComparison.Ordinal)}</s:Fault>";
        Assert.Empty(House.ValidateResponse(Fault(good + "<o:other xmlns:o='urn:o'><t:Problem/></o:other>"), soap));
        Assert.Empty(House.ValidateResponse(Fault(""), soap));
        Assert.Empty(House.ValidateResponse("<s:Fault/>", soap));
        var finding = Assert.Single(House.ValidateResponse(Fault(soap == SampleMessages.Soap11 ? bad : good + bad), soap));
        Assert.Equal((path, "type xs:int"), (finding.Path, finding.Rule));
    }

    [Fact]
    public void A_one_way_operation_answers_with_an_empty_body()
    {
        var contract = SampleMessages.Load(
            CatalogueFiles.Wsdl().Replace("<w:output message='t:GetResponse'/>", "", StringComparison.Ordinal));
        Assert.Empty(contract.ValidateResponse(""));
        Assert.Equal("The body is not empty; a response of Get has an empty one.",
            Assert.Single(contract.ValidateResponse("<t:GetResponse/>")).Text);
    }

    [Fact]
    public void Rpc_literal_bodies_are_validated_part_by_part()
    {
        var contract = SampleMessages.Load(InterfaceCatalogueTests.Rpc());
        const string Good = "<r:Get xmlns:r='urn:rpc'><number>1</number><house><number>2</number></house></r:Get>";
        Assert.Empty(contract.ValidateRequest(Good));
        Assert.Equal("/Body/Get/house/number",
            Assert.Single(contract.ValidateRequest(Good.Replace("2", "x", StringComparison.Ordinal))).Path);
        Assert.Equal("'Get' is not complete; expected: 'house'.",
            Assert.Single(contract.ValidateRequest("<r:Get xmlns:r='urn:rpc'><number>1</number></r:Get>")).Text);
        Assert.Empty(contract.ValidateResponse("<r:GetResponse xmlns:r='urn:rpc'><return><number>2</number></return></r:GetResponse>"));
    }

    [Fact]
    public void Keys_are_checked_and_their_values_not_told()
    {
        var contract = SampleMessages.Contract(
            """
            <xs:element name='Get'><xs:complexType><xs:sequence><xs:element name='id' type='xs:string' maxOccurs='unbounded'/>
              </xs:sequence></xs:complexType>
              <xs:unique name='u'><xs:selector xpath='t:id'/><xs:field xpath='.'/></xs:unique></xs:element>
            <xs:element name='GetResponse' type='xs:string'/>
            """);
        var finding = Assert.Single(contract.ValidateRequest($"<t:Get><t:id>{Secret}</t:id><t:id>{Secret}</t:id></t:Get>"));
        Assert.Equal("unique", finding.Rule);
        Assert.DoesNotContain("4711", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<t:number>{0}</t:number>")]
    [InlineData("<t:size>{0}</t:size>")]
    [InlineData("<t:short>{0}</t:short>")]
    [InlineData("<t:use>{0}</t:use>")]
    [InlineData("<t:builtOn>{0}</t:builtOn>")]
    [InlineData(Date + "<t:floors>{0}</t:floors>")]
    [InlineData(Date + "<t:floors xsi:nil='{0}'/>")]
    [InlineData(Date + "<t:place xsi:type='{0}'/>")]
    [InlineData(Date + "<t:place>{0}</t:place>")]
    [InlineData(Date + "<t:plan>{0}</t:plan>")]
    [InlineData(Date + "<t:fixed>{0}</t:fixed>")]
    [InlineData(Date + "<t:any>{0}</t:any>")]
    [InlineData(Date + "<t:any><t:known>{0}</t:known></t:any>")]
    [InlineData("<t:builtOn x='{0}'/>")]
    public void No_value_is_ever_told(string content)
    {
        var findings = House.ValidateRequest($"<t:Get kind='{Secret}'>{content.Replace("{0}", Secret, StringComparison.Ordinal)}</t:Get>");
        Assert.True(findings.Count >= 2);
        Assert.All(findings, finding =>
        {
            Assert.DoesNotContain("4711", finding.ToString() + finding.Rule, StringComparison.Ordinal);
            Assert.DoesNotContain("山田", finding.ToString() + finding.Rule, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Long_names_are_cut()
    {
        var name = new string('n', 1000);
        var deep = string.Concat(Enumerable.Repeat($"<{name}>", 20)) + string.Concat(Enumerable.Repeat($"</{name}>", 20));
        var findings = House.ValidateRequest($"<t:Get><t:builtOn>2026-01-01</t:builtOn><t:any>{deep}<t:known>x</t:known></t:any></t:Get>");
        Assert.All(findings, finding => Assert.True(finding.Path.Length <= 501 && finding.Text.Length <= 500));
        Assert.True(Assert.Single(House.ValidateRequest($"<t:Get><{name}/></t:Get>").Take(1)).Text.Length < 300);
    }

    [Fact]
    public void After_twenty_findings_validation_stops()
    {
        var many = string.Concat(Enumerable.Range(0, 10_000).Select(_ => "<t:number>x</t:number>"));
        var findings = House.ValidateRequest($"<t:Get>{many}</t:Get>");
        Assert.Equal(MessageValidator.MostFindings, findings.Count);
        Assert.Equal("/Body/Get/number[20]", findings[^1].Path);
    }

    [Fact]
    public void A_large_valid_body_is_read_without_building_anything_from_it()
    {
        const int Elements = 100_000;
        var envelope = SampleMessages.Envelope(
            $"<t:Get>{string.Concat(Enumerable.Repeat("<t:number>123</t:number>", Elements))}{Date}</t:Get>");
        var validator = new MessageValidator(House);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(validator.ValidateRequest(envelope, House.Operations[0]));
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Elements;
        // The text and its value, which are garbage at once; an element and a text node would be twice that.
        Assert.True(each <= 100, $"{each} bytes an element.");
    }

    [Fact]
    public async Task Any_number_of_threads_validate_at_once_and_agree()
    {
        var contract = House;
        var validator = new MessageValidator(contract);
        var bodies = Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? $"<t:Get><t:number>12{i % 10}</t:number>{Date}<t:place xsi:type='t:Lot'><t:town/><t:lot>{i}</t:lot></t:place>"
                + $"<t:stamp/></t:Get>"
            : $"<t:Get><t:number>{i}x</t:number><t:use>{i}</t:use></t:Get>").ToArray();
        var expected = bodies.Select(body => string.Join('\n', contract.ValidateRequest(body))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                var at = (i * 7 + thread) % bodies.Length;
                var findings = validator.ValidateRequest(SampleMessages.Envelope(bodies[at]), contract.Operations[0]);
                Assert.Equal(expected[at], string.Join('\n', findings));
            }
        })));
    }
}

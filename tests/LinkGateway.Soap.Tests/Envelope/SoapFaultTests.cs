using System.Buffers;
using System.Text;
using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

public class SoapFaultTests
{
    [Fact]
    public void A_fault_is_found_behind_text()
    {
        var envelope = SoapEnvelope.Parse(Encoding.UTF8.GetBytes(
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>x<e:Fault><faultcode>e:Client</faultcode>"
            + "<faultstring>no</faultstring></e:Fault></e:Body></e:Envelope>"));
        Assert.Equal((SoapFaultCode.Sender, "no"), (SoapFault.From(envelope)!.Code, SoapFault.From(envelope)!.Reason));
    }

    [Theory]
    [InlineData(SoapVersion.Soap11)]
    [InlineData(SoapVersion.Soap12)]
    public void A_fault_that_is_written_is_read_back(SoapVersion version)
    {
        foreach (var code in Enum.GetValues<SoapFaultCode>())
        {
            var read = SoapFault.From(Written(version, new SoapFault(code, "理由")
            {
                Language = "ja",
                Role = "urn:gateway",
                Detail = writer => writer.WriteElementString("code", "urn:lg", "LG-1001"),
            }))!;
            Assert.Equal((code, "理由", "ja", "urn:gateway"), (read.Code, read.Reason, read.Language, read.Role));
            Assert.Equal("LG-1001", Assert.Single(read.DetailElements).Value);
        }
    }

    [Fact]
    public void The_children_of_a_SOAP_1_1_fault_are_unqualified_and_its_code_has_no_dots()
    {
        var fault = Body(SoapVersion.Soap11, new SoapFault(SoapFaultCode.Sender, "no") { Detail = _ => { } });
        XName[] unqualified = ["faultcode", "faultstring", "detail"];
        Assert.Equal(unqualified, fault.Elements().Select(child => child.Name));
        Assert.Equal("soap:Client", fault.Element("faultcode")!.Value);
    }

    [Fact]
    public void Characters_that_XML_cannot_hold_are_left_out_of_the_reason()
    {
        var fault = new SoapFault(SoapFaultCode.Sender, "a\0\ud842\udfb7\ud842b\uffff");
        Assert.Equal("a𠮷b", SoapFault.From(Written(SoapVersion.Soap11, fault))!.Reason);
    }

    [Theory]
    [InlineData(SoapVersion.Soap11)]
    [InlineData(SoapVersion.Soap12)]
    public void A_version_mismatch_lists_the_envelopes_that_are_known(SoapVersion version)
    {
        var upgrade = Assert.Single(Written(version, new SoapFault(SoapFaultCode.VersionMismatch, "no")).Headers).Element;
        var soap12 = SoapVersion.Soap12.Namespace();
        Assert.Equal(soap12 + "Upgrade", upgrade.Name);
        Assert.All(upgrade.Elements(), element => Assert.Equal(soap12 + "SupportedEnvelope", element.Name));
        Assert.Equal([soap12 + "Envelope", SoapVersion.Soap11.Namespace() + "Envelope"], upgrade.Elements().Select(NameIn));
    }

    [Fact]
    public void A_fault_of_SOAP_1_2_names_each_block_that_was_not_understood()
    {
        XName[] names = [XName.Get("Security", "urn:sec"), XName.Get("plain"), XName.Get("Envelope", "urn:other")];
        var fault = new SoapFault(SoapFaultCode.MustUnderstand, "no") { NotUnderstood = names };
        var blocks = Written(SoapVersion.Soap12, fault).Headers.Select(header => header.Element).ToArray();
        Assert.All(blocks, block => Assert.Equal(SoapVersion.Soap12.Namespace() + "NotUnderstood", block.Name));
        Assert.Equal(names, blocks.Select(NameIn));
        Assert.Empty(Written(SoapVersion.Soap11, fault).Headers);
    }

    [Theory]
    [InlineData("e:Server.userException", SoapFaultCode.Receiver)]
    [InlineData("e:Client.Auth", SoapFaultCode.Sender)]
    [InlineData(" Client ", SoapFaultCode.Sender)]
    [InlineData("x:Something", SoapFaultCode.Receiver)]
    public void Codes_of_other_toolkits_are_understood(string code, SoapFaultCode expected)
    {
        var text = $"<e:Envelope xmlns:e='{SoapVersion.Soap11.Namespace()}'><e:Body><e:Fault><faultcode>{code}</faultcode>"
            + "<faultstring>x</faultstring></e:Fault></e:Body></e:Envelope>";
        Assert.Equal(expected, SoapFault.From(SoapEnvelope.Parse(Encoding.UTF8.GetBytes(text)))!.Code);
    }

    [Theory]
    [InlineData(SoapVersion.Soap11, SoapFaultCode.Sender, 500)]
    [InlineData(SoapVersion.Soap12, SoapFaultCode.Sender, 400)]
    [InlineData(SoapVersion.Soap12, SoapFaultCode.Receiver, 500)]
    [InlineData(SoapVersion.Soap12, SoapFaultCode.MustUnderstand, 500)]
    public void The_status_follows_version_and_code(SoapVersion version, SoapFaultCode code, int status) =>
        Assert.Equal(status, new SoapFault(code, "").HttpStatus(version));

    [Fact]
    public void A_carriage_return_in_a_value_survives()
    {
        var output = new ArrayBufferWriter<byte>();
        SoapEnvelopeWriter.Write(output, SoapVersion.Soap11, writer => writer.WriteElementString("a", "1\r\n2"));
        using var body = SoapEnvelope.Parse(output.WrittenMemory).ReadBody();
        Assert.Equal("1\r\n2", body.ReadElementContentAsString());
    }

    static XName NameIn(XElement element)
    {
        var parts = element.Attribute("qname")!.Value.Split(':');
        return parts.Length == 1 ? parts[0] : element.GetNamespaceOfPrefix(parts[0])! + parts[1];
    }

    static XElement Body(SoapVersion version, SoapFault fault)
    {
        using var reader = Written(version, fault).ReadBody();
        return (XElement)XNode.ReadFrom(reader);
    }

    static SoapEnvelope Written(SoapVersion version, SoapFault fault)
    {
        var output = new ArrayBufferWriter<byte>();
        SoapEnvelopeWriter.WriteFault(output, version, fault);
        return SoapEnvelope.Parse(output.WrittenMemory);
    }
}

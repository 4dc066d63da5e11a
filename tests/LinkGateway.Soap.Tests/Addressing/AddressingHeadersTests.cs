using System.Buffers;
using System.Xml.Linq;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Addressing;

public class AddressingHeadersTests
{
    static readonly AddressingHeaders Full = new()
    {
        MessageId = "urn:uuid:1",
        To = "http://example.org/service",
        Action = "urn:act",
        ReplyTo = new EndpointReference("http://example.org/reply") { ReferenceParameters = [new XElement("{urn:p}key", "7")] },
        FaultTo = new EndpointReference("http://example.org/fault"),
    };

    [Fact]
    public void Headers_that_are_written_are_read_back()
    {
        var read = AddressingHeaders.From(Written(Full))!;
        Assert.Equal((Full.MessageId, Full.To, Full.Action, null), (read.MessageId, read.To, read.Action, read.RelatesTo));
        Assert.Equal("http://example.org/reply", read.ReplyTo!.Address);
        Assert.Equal("7", Assert.Single(read.ReplyTo.ReferenceParameters).Value);
        Assert.Equal("http://example.org/fault", read.FaultTo!.Address);
    }

    [Fact]
    public void A_reply_relates_to_the_request_and_repeats_its_reference_parameters()
    {
        var envelope = Written(Full.Reply("urn:answer"));
        var read = AddressingHeaders.From(envelope)!;
        Assert.Equal(("urn:uuid:1", "urn:answer", "http://example.org/reply"), (read.RelatesTo, read.Action, read.To));
        var parameter = Assert.Single(envelope.Headers, header => header.Name == "{urn:p}key").Element;
        Assert.Equal("true", parameter.Attribute(AddressingHeaders.Namespace + "IsReferenceParameter")!.Value);
    }

    [Fact]
    public void A_fault_prefers_FaultTo_and_falls_back_to_ReplyTo()
    {
        Assert.Equal("http://example.org/fault", Full.Reply("urn:f", isFault: true).To);
        Assert.Equal("http://example.org/reply", (Full with { FaultTo = null }).Reply("urn:f", isFault: true).To);
    }

    [Fact]
    public void An_envelope_without_them_has_none() => Assert.Null(AddressingHeaders.From(Written(new AddressingHeaders())));

    [Fact]
    public void A_header_that_stands_twice_is_refused() => Assert.Equal(SoapFormatError.Addressing,
        Assert.Throws<SoapFormatException>(() => AddressingHeaders.From(Written(Full, Full))).Error);

    static SoapEnvelope Written(params AddressingHeaders[] headers)
    {
        var output = new ArrayBufferWriter<byte>();
        SoapEnvelopeWriter.Write(output, SoapVersion.Soap11, writer => writer.WriteElementString("a", ""), writer =>
        {
            foreach (var header in headers)
                header.WriteTo(writer);
        });
        return SoapEnvelope.Parse(output.WrittenMemory);
    }
}

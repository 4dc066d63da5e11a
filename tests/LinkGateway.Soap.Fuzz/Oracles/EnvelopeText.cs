using System.Globalization;
using System.Text;
using System.Xml;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>All that can be learnt from an envelope, as text that can be compared.</summary>
static class EnvelopeText
{
    public static string Of(SoapEnvelope envelope)
    {
        var text = new StringBuilder().Append(envelope.Version).Append('\n');
        foreach (var header in envelope.Headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"header {header.MustUnderstand} {header.IsForReceiver} {header.Role}: ");
            Append(text, header.Element.CreateReader());
        }
        text.Append(CultureInfo.InvariantCulture, $"body {envelope.BodyName}, fault {envelope.IsFault}: ");
        if (envelope.BodyName is { } name)
        {
            var body = envelope.ReadBody();
            Require.That(body.NodeType == XmlNodeType.Element && body.LocalName == name.LocalName && body.NamespaceURI == name.NamespaceName,
                $"The reader of the body stands on a {body.NodeType} and not on {name}.");
            Append(text, body);
        }
        return text.Append(Of(SoapFault.From(envelope))).Append(OfAddressing(envelope)).ToString();
    }

    public static string Of(SoapFault? fault)
    {
        if (fault is null)
            return "";
        var text = new StringBuilder($"fault {fault.Code} {fault.Language} {fault.Role}: {fault.Reason}\n");
        foreach (var element in fault.DetailElements)
            Append(text, element.CreateReader());
        return text.ToString();
    }

    public static string Of(AddressingHeaders? headers)
    {
        if (headers is null)
            return "";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"addressing {headers.MessageId}|{headers.RelatesTo}|{headers.To}|{headers.Action}\n");
        foreach (var endpoint in new[] { headers.ReplyTo, headers.FaultTo })
        {
            text.Append(CultureInfo.InvariantCulture, $"endpoint {endpoint?.Address}\n");
            foreach (var parameter in endpoint?.ReferenceParameters ?? [])
                Append(text, parameter.CreateReader());
        }
        return text.ToString();
    }

    static string OfAddressing(SoapEnvelope envelope)
    {
        try
        {
            return Of(AddressingHeaders.From(envelope));
        }
        catch (SoapFormatException exception)
        {
            return Refusal.Of(exception).ToString();
        }
    }

    static void Append(StringBuilder text, XmlReader reader)
    {
        using (reader)
        {
            reader.MoveToContent();
            CanonicalXml.Append(text, reader);
        }
        text.Append('\n');
    }
}

using System.Xml;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Relay.Faults;

/// <summary>
/// The faults of the gateway itself among those of receivers: they have this gateway's address as actor (1.2: role), the element
/// <c>gatewayFault</c> with <c>code</c> and <c>text</c> in their detail (wsdl/gateway-fault.xsd), and the HTTP header
/// <c>LinkGateway-Fault</c> with the code beside them.
/// </summary>
public static class GatewayFault
{
    /// <summary>The fault that tells of a refusal.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="japanese">The language of its text.</param>
    /// <param name="address">The address at which this gateway was called; null where that is not known.</param>
    public static SoapFault Of(Refusal refusal, bool japanese, Uri? address)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var text = refusal.Error.Text(refusal.Arguments, japanese);
        return new SoapFault(refusal.Side == FaultSide.Sender ? SoapFaultCode.Sender : SoapFaultCode.Receiver, $"{refusal.Code}: {text}")
        {
            Language = japanese ? "ja" : "en",
            Role = address?.GetLeftPart(UriPartial.Path),
            Detail = writer => Write(writer, refusal.Code, text),
        };
    }

    static void Write(XmlWriter writer, string code, string text)
    {
        writer.WriteStartElement("lg", GatewayFaultNames.Element, GatewayFaultNames.Namespace);
        writer.WriteElementString("lg", "code", GatewayFaultNames.Namespace, code);
        writer.WriteElementString("lg", "text", GatewayFaultNames.Namespace, WithoutForbidden(text));
        writer.WriteEndElement();
    }

    // A text may quote what a receiver sent; half a surrogate pair must not break the fault that tells of it.
    static string WithoutForbidden(string text) => string.Concat(text.EnumerateRunes()
        .Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)).Select(rune => rune.ToString()));
}

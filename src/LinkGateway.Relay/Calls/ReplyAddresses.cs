using LinkGateway.Contract.Errors;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Relay.Calls;

/// <summary>
/// Where a message wants its answer. An address that does not lead through the gateway must not pass: the receiver would send the answer,
/// with all that is in it, wherever the caller says.
/// </summary>
static class ReplyAddresses
{
    /// <summary>The address of an endpoint that is neither anonymous nor none; else null.</summary>
    public static string? Elsewhere(EndpointReference? endpoint) =>
        endpoint is { IsAnonymous: false, Address: not EndpointReference.None } ? endpoint.Address : null;

    /// <summary>The refusal of a message with a reply address that would not be replaced; null where there is none.</summary>
    public static Refusal? Refuse(SoapEnvelope envelope)
    {
        foreach (var header in envelope.Headers)
        {
            if (header.Name.LocalName is not ("ReplyTo" or "FaultTo")) continue;
            var ns = header.Name.Namespace;
            var address = header.Element.Element(ns + "Address")?.Value.Trim();
            if (address is null or EndpointReference.Anonymous or EndpointReference.None or EndpointReference.SubmissionAnonymous)
                continue;
            if (ns == AddressingHeaders.SubmissionNamespace)
                return Refusal(header, "WS-Addressing of 2004/08 is served with anonymous addresses only; use that of 2005/08");
            if (ns == AddressingHeaders.Namespace && !header.IsForReceiver)
                return Refusal(header, "it is for another role than the receiver's");
        }
        return null;
    }

    static Refusal Refusal(SoapHeader header, string why) => new(ErrorCatalogue.ReplyAddressInvalid, $"{header.Name.LocalName}: {why}");
}

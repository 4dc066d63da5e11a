using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>
/// What must change in a message on its way: its version of SOAP where the receiver speaks another, its reply addresses where a reply
/// shall come through this gateway (DESIGN section 6). A signature that covers it forbids the change.
/// </summary>
static class Changes
{
    /// <summary>The version of SOAP in which a destination is spoken to.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="version">The version of the message.</param>
    public static SoapVersion VersionAt(Destination destination, SoapVersion version) => destination switch
    {
        ServiceDestination { Soap: SoapVersionPolicy.Soap11 } => SoapVersion.Soap11,
        ServiceDestination { Soap: SoapVersionPolicy.Soap12 } => SoapVersion.Soap12,
        _ => version,
    };

    /// <summary>The refusal of a message that a signature keeps from being changed as it must be; null where it can be sent.</summary>
    public static Refusal? Refuse(SoapEnvelope envelope, Destination destination, bool asksForReply)
    {
        if (VersionAt(destination, envelope.Version) != envelope.Version && Signatures.CoveringEnvelope(envelope) is { } signed)
            return Refusal("the version of SOAP", signed);
        return asksForReply && Signatures.CoveringReplyAddresses(envelope) is { } covered
            ? Refusal("ReplyTo and FaultTo", covered)
            : null;
    }

    static Refusal Refusal(string change, SignedReference covered) => new(ErrorCatalogue.SignatureWouldBreak, change,
        covered.Uri is { Length: > 0 } uri ? uri : $"the whole message (in {covered.Block.LocalName})");
}

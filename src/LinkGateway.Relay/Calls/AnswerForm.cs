using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>The form in which an answer goes back: as it came, or in the version of SOAP that the caller speaks.</summary>
static class AnswerForm
{
    /// <summary>Converts where needed.</summary>
    /// <returns>The HTTP status: the receiver's own, or that of the converted fault.</returns>
    public static int Convert(RelayedMessage message, int status, SoapVersion version)
    {
        var envelope = message.Envelope;
        if (envelope.Version == version) return status;
        message.ReplaceEnvelope(EnvelopeRewriter.Convert(envelope, version), version, action: null);
        return SoapFault.From(envelope)?.HttpStatus(version) ?? status;
    }
}

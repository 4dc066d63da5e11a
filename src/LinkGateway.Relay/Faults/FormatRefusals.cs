using LinkGateway.Contract.Errors;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Relay.Faults;

/// <summary>Tells the sender of a message what the SOAP layer found wrong with it.</summary>
public static class FormatRefusals
{
    /// <summary>What the sender reads of a message that is broken, cut off or too slow.</summary>
    /// <param name="error">A <see cref="SoapFormatException"/> or <see cref="MimeFormatException"/>.</param>
    public static Refusal Of(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(BrokeOff(error) ? ErrorCatalogue.MessageBrokeOff : ErrorCatalogue.MessageMalformed, error.Message.TrimEnd('.'));
    }

    static bool BrokeOff(Exception error) => error is MimeFormatException { Error: MimeError.ClosingBoundaryMissing }
        or SoapFormatException { Error: SoapFormatError.BodyCutOff or SoapFormatError.TooSlow };
}

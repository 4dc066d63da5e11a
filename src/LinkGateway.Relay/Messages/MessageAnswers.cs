using System.Globalization;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Relay.Calls;
using LinkGateway.Relay.Channels;
using LinkGateway.Relay.Faults;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Relay.Messages;

/// <summary>
/// What an answer says of a stored message. A receiver's own words are left out: they may hold personal data, and these texts are logged.
/// </summary>
static class MessageAnswers
{
    /// <summary>No answer came, or none that can be used.</summary>
    public static MessageAnswer Of(Refusal refusal)
    {
        var text = refusal.Error.Text(refusal.Arguments, japanese: false);
        if (refusal.Error == ErrorCatalogue.ReceiverBusy || refusal.Error == ErrorCatalogue.ReceiverPaused)
            return new MessageAnswer.Busy(refusal.Code, text, refusal.RetryAfter);
        return refusal.Error == ErrorCatalogue.ReceiverUnreachable
            ? new MessageAnswer.NotSent(refusal.Code, text, refusal.RetryAfter)
            : new MessageAnswer.MaybeSent(refusal.Code, text);
    }

    /// <summary>An answer came.</summary>
    public static async ValueTask<MessageAnswer> OfAsync(
        ReceiverAnswer answer, Destination destination, MessageLimits limits, CancellationToken ct)
    {
        SoapFault? fault;
        try
        {
            fault = await FaultOfAsync(answer, limits, ct);
        }
        catch (Exception error) when (error is SoapFormatException or MimeFormatException)
        {
            return Maybe(answer, error.Message);
        }
        catch (AnswerBrokenException broken)
        {
            return Of(broken.Refusal);
        }
        if (fault is not null)
            return Of(answer, destination, fault);
        return answer.Status switch
        {
            >= 200 and < 300 => Taken(answer, destination),
            503 or 429 => new MessageAnswer.Busy(ErrorCatalogue.DestinationRefused.Code, Told(answer), RetryAfterOf(answer)),
            // Refused before anybody looked at the message: credentials, address or type are not what the receiver wants.
            >= 400 and < 500 => new MessageAnswer.NotSent(ErrorCatalogue.DestinationRefused.Code, Told(answer), RetryAfterOf(answer)),
            _ => Maybe(answer, Told(answer)),
        };
    }

    static MessageAnswer Taken(ReceiverAnswer answer, Destination destination)
    {
        if (destination is not GatewayDestination) return new MessageAnswer.Delivered();
        var receipt = Header(answer, LinkGatewayHeaders.Receipt);
        var bytes = new byte[receipt?.Length ?? 0];
        return receipt is not null && Convert.TryFromBase64String(receipt, bytes, out var length)
            ? new MessageAnswer.HandedOver(bytes[..length])
            : new MessageAnswer.HandedOver(null);
    }

    static MessageAnswer Of(ReceiverAnswer answer, Destination destination, SoapFault fault)
    {
        // A gateway's texts are ours, from the catalogue.
        var code = destination is GatewayDestination ? Header(answer, GatewayFault.Header) ?? "" : "";
        var text = code.Length > 0 ? fault.Reason : $"the receiver answered by a fault ({fault.Code})";
        if (fault.Code != SoapFaultCode.Receiver)
            return new MessageAnswer.Refused(code, text);
        return RetryAfterOf(answer) is { } wait
            ? new MessageAnswer.Busy(code, text, wait)
            : new MessageAnswer.NotSent(code, text);
    }

    static MessageAnswer.MaybeSent Maybe(ReceiverAnswer answer, string text)
    {
        var entry = ErrorCatalogue.AnswerBroken;
        return new(entry.Code, entry.Text([answer.DestinationId, text.TrimEnd('.')], japanese: false));
    }

    static string Told(ReceiverAnswer answer) => $"HTTP {answer.Status.ToString(CultureInfo.InvariantCulture)} without a SOAP fault";

    static async ValueTask<SoapFault?> FaultOfAsync(ReceiverAnswer answer, MessageLimits limits, CancellationToken ct)
    {
        var read = await answer.Body.ReadAsync(ct);
        answer.Body.AdvanceTo(read.Buffer.Start);
        if (read.Buffer.IsEmpty && read.IsCompleted || !MediaType.TryParse(answer.ContentType, out var mediaType)
            || !SoapMediaType.IsSoap(mediaType))
            return null;
        using var message = await SoapMessage.ReadAsync(answer.Body, mediaType, limits, ct: ct);
        return SoapFault.From(message.Envelope);
    }

    static TimeSpan? RetryAfterOf(ReceiverAnswer answer) =>
        int.TryParse(Header(answer, "Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    static string? Header(ReceiverAnswer answer, string name) =>
        answer.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

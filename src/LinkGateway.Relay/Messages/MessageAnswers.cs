using System.Globalization;
using System.Net.Http.Headers;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Relay.Channels;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Relay.Messages;

/// <summary>
/// What an answer says of a stored message. A receiver's own words are left out: they may hold personal data, and these texts are logged.
/// </summary>
static class MessageAnswers
{
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

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
            // WS-I BP 1.1 R2750: what stands in the answer to a one-way message is of no account.
            return destination is ServiceDestination && IsSuccess(answer) ? new MessageAnswer.Delivered() : Maybe(answer, error.Message);
        }
        catch (AnswerBrokenException broken)
        {
            return Of(broken.Refusal);
        }
        if (fault is not null)
            return Of(answer, destination, fault);
        return answer.Status switch
        {
            >= 200 and < 300 => destination is GatewayDestination ? HandedOver(answer) : Delivered(answer),
            503 or 429 => new MessageAnswer.Busy(ErrorCatalogue.DestinationRefused.Code, Told(answer), RetryAfterOf(answer)),
            // Refused before anybody looked at the message: credentials, address or type are not what the receiver wants.
            >= 400 and < 500 => new MessageAnswer.NotSent(ErrorCatalogue.DestinationRefused.Code, Told(answer), RetryAfterOf(answer)),
            _ => Maybe(answer, Told(answer)),
        };
    }

    // Only a gateway that says what it took has taken it; a page of a proxy on the way has not. It knows a repeated message again.
    static MessageAnswer HandedOver(ReceiverAnswer answer)
    {
        var receipt = Header(answer, LinkGatewayHeaders.Receipt) ?? "";
        var bytes = new byte[receipt.Length];
        return answer.Status == 202 && receipt.Length > 0 && Convert.TryFromBase64String(receipt, bytes, out var length)
            ? new MessageAnswer.HandedOver(bytes[..length])
            : Maybe(answer, string.Create(
                CultureInfo.InvariantCulture, $"HTTP {answer.Status} without a receipt in {LinkGatewayHeaders.Receipt}"));
    }

    // A page for people in the place of an answer comes from something before the receiver.
    static MessageAnswer Delivered(ReceiverAnswer answer) =>
        answer.ContentLength != 0 && answer.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true
            ? Maybe(answer, "an HTML page")
            : new MessageAnswer.Delivered();

    static MessageAnswer Of(ReceiverAnswer answer, Destination destination, SoapFault fault)
    {
        // A gateway's texts are ours, from the catalogue.
        var code = destination is GatewayDestination ? Header(answer, LinkGatewayHeaders.Fault) ?? "" : "";
        var text = code.Length > 0 ? fault.Reason : $"the receiver answered by a fault ({fault.Code})";
        if (fault.Code != SoapFaultCode.Receiver)
            return new MessageAnswer.Refused(code, text, code.Length > 0 ? RetryAfterOf(answer) : null);
        if (RetryAfterOf(answer) is { } wait)
            return new MessageAnswer.Busy(code, text, wait);
        // A gateway that refuses has stored nothing; what a receiver did before it failed is not known.
        return code.Length > 0 ? new MessageAnswer.NotSent(code, text) : Maybe(answer, text);
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

    // Whatever a receiver asks for, the next night's operators must not find the message parked for years.
    static TimeSpan? RetryAfterOf(ReceiverAnswer answer)
    {
        if (!RetryConditionHeaderValue.TryParse(Header(answer, "Retry-After"), out var stated)) return null;
        var wait = stated.Delta ?? stated.Date!.Value - answer.AnswerBegunAt;
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
    }

    static bool IsSuccess(ReceiverAnswer answer) => answer.Status is >= 200 and < 300;

    static string? Header(ReceiverAnswer answer, string name) =>
        answer.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

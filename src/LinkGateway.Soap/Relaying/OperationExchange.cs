using System.Globalization;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Relaying;

/// <summary>One message to a service and its answer.</summary>
sealed class OperationExchange(SoapService service, RelayRequest request, IServiceLog log)
{
    readonly DeviationLog _deviations = new(service.Partners.ProfileOf(request.Caller));
    SoapMessage? _message;
    OperationContext? _context;
    SoapVersion _version;

    /// <summary>Reads the message and carries the operation out; whatever goes wrong is answered by a fault.</summary>
    public async ValueTask<RelayReply> AnswerAsync(MessageLimits limits, CancellationToken ct)
    {
        var mediaType = request.MediaType ?? throw new ArgumentException("Only messages of a SOAP type can be answered.");
        _version = SoapMediaType.Announced(mediaType);
        try
        {
            _message = await SoapMessage.ReadAsync(request.Body, mediaType, limits, _deviations, ct);
            request.EnvelopeIsRead();
            _version = _message.Envelope.Version;
            var action = request.HttpHeaders.TryGetValue("SOAPAction", out var header) ? header : null;
            SoapActionRules.Judge(action, _version, _deviations);
            _context = ContextOf(_message, action?.Trim().Trim('"') ?? mediaType.Parameter("action"));
            return await ComposeAsync(await service.InvokeAsync(_context, ct));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return await ComposeAsync(FaultFor(e));
        }
    }

    /// <summary>Gives back what the message holds and tells of its deviations; after the answer has been written.</summary>
    public void End()
    {
        _message?.Dispose();
        if (_deviations.Reports.Count > 0)
            service.Partners.Deviated(request.Caller, _deviations.Reports);
    }

    /// <summary>Writes the envelope into memory; an operation whose answer cannot be written answers by a fault instead.</summary>
    async ValueTask<RelayReply> ComposeAsync(OperationReply reply)
    {
        if (reply is { WriteBody: null, FaultToSend: null })
            return new OperationRelayReply(message: null, this) { Status = 202, HttpHeaders = [.. reply.HttpHeaders] };
        try
        {
            return ReplyOf(OutgoingMessage.Answer(_version, reply, Addressing()), reply);
        }
        catch (Exception e)
        {
            log.Failed(service.Name, e);
            foreach (var attachment in reply.Attachments)
                await attachment.DisposeAsync();
            var fault = OperationReply.Fault(service.Faults.Map(e)) with { HttpHeaders = reply.HttpHeaders };
            return ReplyOf(OutgoingMessage.Answer(_version, fault, Addressing()), fault);
        }
    }

    OperationRelayReply ReplyOf(OutgoingMessage message, OperationReply reply) => new(message, this)
    {
        Status = reply.FaultToSend?.HttpStatus(_version) ?? 200,
        ContentType = message.ContentType,
        ContentLength = message.Length,
        HttpHeaders = reply.RetryAfter is { } retryAfter
            ? [.. reply.HttpHeaders, new("Retry-After", Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture))]
            : [.. reply.HttpHeaders],
    };

    OperationReply FaultFor(Exception e)
    {
        if (e is SoapFormatException or MimeFormatException or SoapFaultException)
            log.Refused(service.Name, e.Message);
        else
            log.Failed(service.Name, e);
        return OperationReply.Fault(service.Faults.Map(e));
    }

    // To headers that contradict each other no answer can be related.
    AddressingHeaders? Addressing()
    {
        try
        {
            return _context?.Addressing;
        }
        catch (SoapFormatException)
        {
            return null;
        }
    }

    OperationContext ContextOf(SoapMessage message, string? action) => new()
    {
        Request = message.Envelope,
        Caller = request.Caller,
        Address = request.Address,
        SoapAction = action,
        HttpHeaders = request.HttpHeaders,
        ContentLength = request.ContentLength,
        Attachments = message.Attachments,
        Deviations = _deviations,
    };
}

using System.Security.Claims;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>Answers the HTTP requests at one service's address. Thread-safe.</summary>
sealed class SoapEndpoint(SoapService service, SoapHostOptions options, AnswerEnd end, ILogger<SoapEndpoint> logger)
{
    readonly AnswerWriter _answers = new(service, end, logger);

    public Task HandleAsync(HttpContext http)
    {
        if (SoapHttp.AddressOf(http.Request, options) is not { } address)
            return SoapHttp.RefuseAsync(http, end, StatusCodes.Status400BadRequest);
        return http.Request.Method switch
        {
            "POST" => PostAsync(http, address),
            "GET" or "HEAD" => SoapHttp.SendDocumentAsync(
                http, end, service.Wsdl?.Find(http.Request.QueryString.Value ?? "", address)),
            _ => SoapHttp.RefuseMethodAsync(http, end),
        };
    }

    async Task PostAsync(HttpContext http, Uri address)
    {
        SoapHttp.LiftServerLimits(http);
        using var body = new SupervisedBody(http.Request.BodyReader, options);
        if (!MediaType.TryParse(http.Request.ContentType, out var mediaType) || !SoapMediaType.IsSoap(mediaType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            http.Response.Headers.Accept = SoapHttp.AcceptedTypes;
            await _answers.SendTextAsync(http, body, SoapHttp.TypeAdvice);
            return;
        }
        try
        {
            await AnswerAsync(http, address, body, mediaType);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.CallerGone(service.Name);
        }
    }

    async Task AnswerAsync(HttpContext http, Uri address, SupervisedBody body, MediaType mediaType)
    {
        var version = SoapMediaType.Announced(mediaType);
        var deviations = new DeviationLog(service.Partners.ProfileOf(http.User));
        OperationContext? context = null;
        SoapMessage? message = null;
        try
        {
            OperationReply reply;
            try
            {
                message = await SoapMessage.ReadAsync(body, mediaType, options.Message, deviations, http.RequestAborted);
                body.RootIsHere();
                version = message.Envelope.Version;
                SoapActionRules.Judge(
                    http.Request.Headers.TryGetValue("SOAPAction", out var action) ? action.ToString() : null, version, deviations);
                context = ContextOf(http, address, message, mediaType, deviations);
                reply = await service.InvokeAsync(context, http.RequestAborted);
            }
            catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
            {
                reply = FaultFor(e);
            }
            await _answers.SendAsync(http, body, version, reply, AddressingOf(context));
        }
        finally
        {
            message?.Dispose();
            if (deviations.Reports.Count > 0)
                service.Partners.Deviated(http.User, deviations.Reports);
        }
    }

    // To headers that contradict each other no answer can be related.
    static AddressingHeaders? AddressingOf(OperationContext? context)
    {
        try
        {
            return context?.Addressing;
        }
        catch (SoapFormatException)
        {
            return null;
        }
    }

    OperationReply FaultFor(Exception e)
    {
        if (e is SoapFormatException or MimeFormatException or SoapFaultException)
            logger.MessageRefused(service.Name, e.Message);
        else
            logger.OperationFailed(service.Name, e);
        return OperationReply.Fault(service.Faults.Map(e));
    }

    static OperationContext ContextOf(
        HttpContext http, Uri address, SoapMessage message, MediaType mediaType, DeviationLog deviations) => new()
        {
            Request = message.Envelope,
            Caller = http.User ?? new ClaimsPrincipal(),
            Address = address,
            SoapAction = http.Request.Headers.TryGetValue("SOAPAction", out var action)
            ? action.ToString().Trim().Trim('"')
            : mediaType.Parameter("action"),
            HttpHeaders = new RequestHeaders(http.Request.Headers),
            ContentLength = http.Request.ContentLength,
            Attachments = message.Attachments,
            Deviations = deviations,
        };
}

using System.Buffers;
using System.Globalization;
using System.Net;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Faults;
using LinkGateway.Server.Batch;
using LinkGateway.Server.Logging;
using LinkGateway.Soap.AspNetCore.Hosting;
using LinkGateway.Soap.Envelope;
using Microsoft.AspNetCore.Http.Features;

namespace LinkGateway.Server.Security;

/// <summary>
/// Lets only known participants through, with their id as the user's name; everybody else reads fault LG-3005 under 401 before a byte
/// of the body is read (DESIGN 4.1). Thread-safe.
/// </summary>
public sealed class CallerMiddleware
{
    const string Challenge = "Basic realm=\"LinkGateway\", charset=\"UTF-8\"";

    readonly BatchFaults _faults;
    // Drains of their own, and few: whoever is not known must not take the partners' away.
    const int ShareOfStrangers = 4;

    readonly AnswerEnd _end;
    readonly ILogger _logger;
    volatile CallerAuthentication _authentication;

    /// <summary>Follows the configuration in force.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="host">Where referenced passwords lie.</param>
    /// <param name="faults">Makes faults.</param>
    /// <param name="limits">The limits of drains.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where refused logins are noted.</param>
    public CallerMiddleware(
        ConfigurationSource configuration,
        IConfigurationHost host,
        BatchFaults faults,
        SoapHostOptions limits,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        _faults = faults;
        _end = new AnswerEnd(
            limits with { Drains = limits.Drains / ShareOfStrangers }, loggers.CreateLogger<AnswerEnd>());
        _logger = loggers.CreateLogger<CallerMiddleware>();
        var failures = new FailureLimiter(time);
        _authentication = For(configuration.Current);
        configuration.Changed += snapshot => _authentication = For(snapshot);

        CallerAuthentication For(ConfigurationSnapshot snapshot) => new(snapshot.Directory, host, failures, time);
    }

    /// <summary>Judges the request and passes it on, or answers it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What comes behind.</param>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var listener = context.Features.GetRequiredFeature<Listener>();
        var source = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var check = await _authentication.CheckAsync(
            listener, source, context.Connection.ClientCertificate, context.Request.Headers.Authorization, context.RequestAborted);
        if (check.Caller is { } caller)
        {
            context.User = caller;
            await next(context);
            return;
        }
        if (check.Reason.Length > 0)
            _logger.LoginRefused(source.ToString(), check.Reason);
        await RefuseAsync(context, check.RetryAfter);
    }

    Task RefuseAsync(HttpContext context, TimeSpan? retryAfter)
    {
        // The envelope is not read, so its version is taken from the Content-Type, where multipart messages name it as a parameter.
        var version = context.Request.ContentType?.Contains(SoapVersion.Soap12.MediaType(), StringComparison.OrdinalIgnoreCase) == true
            ? SoapVersion.Soap12
            : SoapVersion.Soap11;
        var japanese = FaultLanguage.IsJapanese(context.Request.Headers.AcceptLanguage);
        var refusal = new Refusal(ErrorCatalogue.NotAuthenticated);
        var fault = _faults.For(refusal, japanese);
        var response = context.Response;
        if (context.Request.Path.StartsWithSegments("/services") || context.Request.Path.StartsWithSegments("/callbacks"))
        {
            // Callers of services tell the gateway's faults from those of receivers in one way, whatever the refusal.
            fault = fault with { Detail = GatewayFault.Of(refusal, japanese, address: null).Detail };
            response.Headers[LinkGatewayHeaders.Fault] = refusal.Code;
        }
        var output = new ArrayBufferWriter<byte>();
        SoapEnvelopeWriter.WriteFault(output, version, fault);

        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = Challenge;
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        response.ContentType = version.MediaType() + "; charset=utf-8";
        response.ContentLength = output.WrittenCount;
        return _end.SendAsync(context, ct => response.Body.WriteAsync(output.WrittenMemory, ct).AsTask());
    }
}

using System.Globalization;
using System.Net;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Directory;
using LinkGateway.Server.Hosting;
using LinkGateway.Server.Logging;
using LinkGateway.Server.Security;
using Microsoft.AspNetCore.Http.Features;

namespace LinkGateway.Server.Operator;

/// <summary>
/// Lets only participants of kind operator through, with their id as the user's name. Guesses are counted apart from those at the listeners
/// for data: whoever guesses there locks no operator out. Thread-safe.
/// </summary>
sealed class OperatorGate
{
    const string Challenge = "Basic realm=\"LinkGateway operators\", charset=\"UTF-8\"";

    readonly ILogger _logger;
    volatile CallerAuthentication _authentication;

    public OperatorGate(ConfigurationSource configuration, GatewayHostOptions options, ILoggerFactory loggers)
    {
        _logger = loggers.CreateLogger<OperatorGate>();
        var failures = new FailureLimiter(options.Time);
        _authentication = For(configuration.Current);
        configuration.Changed += snapshot => _authentication = For(snapshot);

        CallerAuthentication For(ConfigurationSnapshot snapshot) =>
            new(snapshot.Directory, options.ConfigurationHost, failures, options.Time);
    }

    /// <summary>Judges the request and passes it on, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var listener = context.Features.GetRequiredFeature<Listener>();
        var source = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var check = await _authentication.CheckAsync(
            listener, source, context.Connection.ClientCertificate, context.Request.Headers.Authorization, context.RequestAborted);
        if (check.Participant is { Kind: ParticipantKind.Operator })
        {
            context.User = check.Caller!;
            await next(context);
            return;
        }

        if (check.Participant is { } other)
        {
            _logger.NoOperator(other.Id, source.ToString());
            await OperatorAnswer.RefuseAsync(context, new Refusal(ErrorCatalogue.OperatorOnly, other.Id));
            return;
        }

        if (check.Reason.Length > 0) _logger.LoginRefused(source.ToString(), check.Reason);
        context.Response.Headers.WWWAuthenticate = Challenge;
        if (check.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await OperatorAnswer.RefuseAsync(context, new Refusal(ErrorCatalogue.NotAuthenticated));
    }
}

using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>What the SOAP host logs: never content of messages, never personal data.</summary>
static partial class SoapEndpointLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Service}: refused a message: {Reason}")]
    public static partial void MessageRefused(this ILogger logger, string service, string reason);

    [LoggerMessage(2, LogLevel.Error, "{Service}: an operation failed")]
    public static partial void OperationFailed(this ILogger logger, string service, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "{Service}: the caller closed the connection before it was answered")]
    public static partial void CallerGone(this ILogger logger, string service);

    [LoggerMessage(4, LogLevel.Warning, "{Path}: closed a connection without draining it: {Drains} bodies are being drained already")]
    public static partial void DrainRefused(this ILogger logger, string? path, int drains);

    [LoggerMessage(5, LogLevel.Warning, "{Path}: an answer broke off while it was sent")]
    public static partial void AnswerBroken(this ILogger logger, string? path, Exception exception);
}

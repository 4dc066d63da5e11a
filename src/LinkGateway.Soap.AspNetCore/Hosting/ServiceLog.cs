using LinkGateway.Soap.Operations;
using Microsoft.Extensions.Logging;

namespace LinkGateway.Soap.AspNetCore.Hosting;

/// <summary>Writes what a service notes into the log of its endpoint. Thread-safe.</summary>
sealed class ServiceLog(ILogger<SoapEndpoint> logger) : IServiceLog
{
    public void Refused(string service, string reason) => logger.MessageRefused(service, reason);

    public void Failed(string service, Exception exception) => logger.OperationFailed(service, exception);
}

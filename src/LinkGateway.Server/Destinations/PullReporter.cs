using LinkGateway.Core.Pull;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Destinations;

/// <summary>Puts what happens to pulls into the log. Thread-safe.</summary>
/// <param name="logger">The log.</param>
sealed class PullReporter(ILogger<PullReporter> logger) : IPullEvents
{
    public void Troubled(string pullId, string text) => logger.PullTroubled(pullId, text);

    public void Refused(string pullId, string deliveryId, string text) => logger.PullRefused(pullId, deliveryId, text);

    public void ConfirmationRefused(string pullId, string deliveryId, string text) =>
        logger.PullConfirmationRefused(pullId, deliveryId, text);
}

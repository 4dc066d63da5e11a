using LinkGateway.Contract.Errors;
using LinkGateway.Core.Watches;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Destinations;

/// <summary>Puts what happens to watched folders into the log. Thread-safe.</summary>
/// <param name="logger">The log.</param>
sealed class WatchReporter(ILogger<WatchReporter> logger) : IWatchEvents
{
    public void Taken(string watchId, string fileName, string transferId) => logger.WatchTaken(watchId, fileName, transferId);

    public void Refused(string watchId, string fileName, Refusal refusal)
    {
        if (refusal.Cause is { } cause) logger.RefusedBecause(cause, watchId, refusal.Code);
        logger.WatchRefused(watchId, fileName, $"{refusal}");
    }

    public void Troubled(string watchId, string text) => logger.WatchTroubled(watchId, text);
}

using LinkGateway.Core.Notices;
using LinkGateway.Relay.Channels;
using LinkGateway.Server.Logging;
using LinkGateway.Server.Metrics;

namespace LinkGateway.Server.Services;

/// <summary>Puts what happens to receivers into log and counters, and tells operators of those that are left alone. Thread-safe.</summary>
/// <param name="metrics">The counters.</param>
/// <param name="notices">What is wrong at present.</param>
/// <param name="logger">The log.</param>
sealed class ChannelReporter(GatewayMetrics metrics, NoticeBoard notices, ILogger<ChannelReporter> logger) : IChannelEvents
{
    public void Opened(string destinationId, string reason)
    {
        logger.ChannelOpened(destinationId, reason);
        notices.Raise(NoticeKind.DestinationDown, destinationId, reason);
    }

    public void HalfOpened(string destinationId) => logger.ChannelHalfOpened(destinationId);

    public void Closed(string destinationId)
    {
        logger.ChannelClosed(destinationId);
        notices.Clear(NoticeKind.DestinationDown, destinationId);
    }

    // The call itself is logged by who asked for it; here is only counted at which receiver it failed.
    public void Failed(string destinationId, string code, string text) => metrics.ReceiverFailed(destinationId, code);

    public void UsedAlternate(string destinationId, string alternateId, string code) =>
        logger.AlternateUsed(destinationId, alternateId, code);
}

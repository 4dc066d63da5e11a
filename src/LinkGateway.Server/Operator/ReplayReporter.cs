using LinkGateway.Core.Journal;
using LinkGateway.Core.Replay;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Operator;

/// <summary>Writes what replays do into the log.</summary>
sealed class ReplayReporter(ILogger<ReplayReporter> logger) : IReplayEvents
{
    public void Turned(ReplayOrderRecord order, ReplayItemRecord item) =>
        logger.ReplayTurned(order.OrderId, item.DeliveryId, item.State, item.CarriedOutBy, item.Text);

    public void Ended(ReplayOrderRecord order) => logger.ReplayEnded(order.OrderId);

    public void Troubled(Exception exception) => logger.ReplayTroubled(exception);
}

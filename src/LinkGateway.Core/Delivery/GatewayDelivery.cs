using LinkGateway.Core.Configuration;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Forwards a transfer to the next gateway, chunk by chunk as they become durable here (DESIGN section 4, item 7).</summary>
sealed class GatewayDelivery(CoreServices services, TransferService transfers, IPeerFactory peers, IDeliveryEvents events)
{
    public async ValueTask<DeliveryOutcome> RunAsync(
        DeliveryAttempt attempt, GatewayDestination destination, CancellationToken cancellationToken)
    {
        await using var source = await ForwardSource.OpenAsync(services, transfers, attempt.Transfer, cancellationToken);
        var forward = new Forward(services, attempt, destination, peers.PeerOf(destination), source, events);
        return await forward.RunAsync(cancellationToken);
    }
}

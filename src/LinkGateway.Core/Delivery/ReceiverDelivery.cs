using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Pushes files to receiving systems that implement the batch receiver contract.</summary>
sealed class ReceiverDelivery(CoreServices services, TransferService transfers, IFileReceivers receivers)
{
    public async ValueTask<DeliveryOutcome> RunAsync(
        DeliveryAttempt attempt, ReceiverDestination destination, CancellationToken cancellationToken)
    {
        if (attempt.Transfer.State != TransferState.Accepted) return new DeliveryOutcome.Ended();
        var chunks = await services.Journal.ChunksAsync(attempt.Transfer.PayloadId, cancellationToken);
        var push = new ReceiverPush(services, transfers, attempt, destination, receivers.ReceiverOf(destination), chunks);
        return await push.RunAsync(cancellationToken);
    }
}

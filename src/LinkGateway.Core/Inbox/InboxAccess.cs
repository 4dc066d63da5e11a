using LinkGateway.Contract.Errors;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Inbox;

/// <summary>Finds a delivery for who may receive it; one that the caller may not see is as unknown as one that is not there.</summary>
sealed class InboxAccess(CoreServices services)
{
    /// <summary>The delivery as it is now, with its transfer.</summary>
    public async ValueTask<Outcome<InboxEntry>> FindAsync(string caller, string deliveryId, CancellationToken cancellationToken)
    {
        if (services.Configuration.Current.Directory.Find(caller) is not { } participant)
            return new Refusal(ErrorCatalogue.NotAuthenticated);
        return await services.Journal.FindDeliveryAsync(deliveryId, cancellationToken) is { } delivery
            && participant.MayReceiveFor(delivery.Receiver)
            && await services.Journal.FindTransferAsync(delivery.Transfer, cancellationToken) is { AcceptedAt: not null } transfer
            && transfer.PayloadId == delivery.PayloadId
            ? new InboxEntry(delivery, transfer)
            : new Refusal(ErrorCatalogue.DeliveryUnknown, deliveryId, caller);
    }
}

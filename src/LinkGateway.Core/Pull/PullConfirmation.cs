using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Pull;

/// <summary>
/// Tells the other gateway what became of a file, by our receipts. Until it has answered the first of them nothing is delivered from here:
/// of several gateways that fetch from one inbox only the one whose lease holds may go on.
/// </summary>
sealed class PullConfirmation(
    CoreServices services, TransferService transfers, PullSettings settings, IInboxPeerFactory peers, IPullEvents events)
{
    /// <summary>Confirms that the file is accepted here, then lets it be delivered; gives it up where another has taken it.</summary>
    /// <returns>Null when it is settled; else why it must be tried again.</returns>
    public async ValueTask<string?> AcceptedAsync(TransferRecord transfer, CancellationToken cancellationToken)
    {
        if (!(await WaitingAsync(transfer, cancellationToken)).Any()) return null;
        var receipts = await services.Journal.ReceiptsAsync(transfer.Identity, cancellationToken);
        var receipt = receipts.First(candidate => candidate is { DeliveryId: null, Content.Kind: ReceiptKind.Accepted });
        var answer = await ConfirmAsync(transfer, receipt, cancellationToken);
        if (answer.Answered)
        {
            await ReleaseAsync(transfer, cancellationToken);
            return null;
        }

        if (!IsLost(answer.Code)) return $"{answer.Outcome}: {answer.Code} {answer.Text}";
        events.ConfirmationRefused(settings.Id, transfer.FetchedDelivery!, answer.Text);
        var cancel = new CancelTransferRequest
        {
            Transfer = new TransferReference
            {
                Origin = transfer.Identity.Origin,
                TransferId = transfer.Identity.TransferId,
                Receiver = transfer.Identity.Receiver,
                Replay = transfer.Identity.Replay,
            },
            Reason = $"{settings.Gateway} does not leave it to this gateway: {answer.Code}",
        };
        var cancelled = await transfers.CancelTransferAsync(settings.Gateway, cancel, cancellationToken);
        return cancelled.Succeeded ? null : $"{cancelled.Refusal}";
    }

    /// <summary>Hands one receipt on.</summary>
    public ValueTask<PeerAnswer<ConfirmReceiptResult>> ConfirmAsync(
        TransferRecord transfer, ReceiptRecord receipt, CancellationToken cancellationToken) =>
        peers.InboxOf(settings).ConfirmReceiptAsync(
            new ConfirmReceiptRequest
            {
                DeliveryId = transfer.FetchedDelivery!,
                Lease = transfer.FetchedLease,
                Stage = ConfirmStages.Stored,
                ReceiptDocuments = [receipt.Document.ToArray()],
            },
            cancellationToken);

    /// <summary>Whether a refusal means that the file is another's, or nobody's any more.</summary>
    public static bool IsLost(string code) => code == ErrorCatalogue.LeaseLost.Code || code == ErrorCatalogue.WrongDeliveryState.Code;

    async ValueTask ReleaseAsync(TransferRecord transfer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = new JournalBatch();
            foreach (var delivery in await WaitingAsync(transfer, cancellationToken))
                batch.Deliveries.Add(delivery with { NextAttemptAt = services.Now, UpdatedAt = services.Now, Version = delivery.Version + 1 });
            try
            {
                if (batch.Deliveries.Count > 0) await services.Journal.CommitAsync(batch, cancellationToken);
                services.DeliveriesChanged.Pulse();
                return;
            }
            catch (JournalConflictException)
            {
                // Somebody has decided about a delivery meanwhile: look again.
            }
        }
    }

    /// <summary>The deliveries that wait for the confirmation.</summary>
    async ValueTask<IEnumerable<DeliveryRecord>> WaitingAsync(TransferRecord transfer, CancellationToken cancellationToken) =>
        (await services.Journal.DeliveriesAsync(transfer.Identity, cancellationToken)).Where(delivery =>
            delivery is { State: DeliveryState.Waiting, NextAttemptAt: null, OfferedAt: null } && delivery.PayloadId == transfer.PayloadId);
}

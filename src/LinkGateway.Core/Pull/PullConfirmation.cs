using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
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
    public async ValueTask<PullTrouble?> AcceptedAsync(TransferRecord transfer, CancellationToken cancellationToken)
    {
        if (transfer is not { State: TransferState.Accepted, AwaitsConfirmation: true }) return null;
        var receipts = await services.Journal.ReceiptsAsync(transfer.Identity, cancellationToken);

        // What was given up once and taken in again has an earlier receipt too.
        var receipt = receipts.Last(candidate => candidate is { DeliveryId: null, Content.Kind: ReceiptKind.Accepted });
        var answer = await ConfirmAsync(transfer, receipt, cancellationToken);
        if (answer.Answered)
        {
            await ReleaseAsync(transfer, cancellationToken);
            return null;
        }

        if (answer.Code != ErrorCatalogue.LeaseLost.Code && answer.Code != ErrorCatalogue.WrongDeliveryState.Code)
            return PullTrouble.Of(answer);
        events.ConfirmationRefused(settings.Id, transfer.FetchedDelivery!, answer.Text);
        await GiveUpAsync(transfer, $"{settings.Gateway} does not leave it to this gateway: {answer.Code}", cancellationToken);
        return null;
    }

    /// <summary>
    /// Notes what an accepted file is confirmed as, so that its later receipts go there too. A file that another handed in is left as it
    /// is: its receipts are the other's.
    /// </summary>
    public async ValueTask NoteAsync(TransferIdentity identity, string delivery, string? lease, CancellationToken cancellationToken)
    {
        using var scope = await transfers.Registry.EnterAsync(identity, cancellationToken);
        if (scope.Transfer.Record is not { State: TransferState.Accepted } row
            || row.SubmittedBy != settings.Gateway || (row.FetchedDelivery is { } noted && noted != delivery))
            return;
        var after = row with { FetchedDelivery = delivery, FetchedLease = lease, Version = row.Version + 1 };
        var batch = new JournalBatch();
        batch.Transfers.Add(after);
        await scope.Transfer.CommitAsync(services.Journal, batch, after, cancellationToken);
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

    /// <summary>
    /// Cancels a copy of which nothing was delivered, and forgets its lease: by that the file can be taken in again when it is offered
    /// again (TransferOpening). In one commit, and only what was asked about: somebody else may have decided meanwhile.
    /// </summary>
    async ValueTask GiveUpAsync(TransferRecord transfer, string reason, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var scope = await transfers.Registry.EnterAsync(transfer.Identity, cancellationToken);
            if (scope.Transfer.Record is not { State: TransferState.Accepted } row
                || row.PayloadId != transfer.PayloadId || row.FetchedLease != transfer.FetchedLease)
                return;
            var deliveries = (await services.Journal.DeliveriesAsync(row.Identity, cancellationToken))
                .Where(delivery => delivery.PayloadId == row.PayloadId && delivery.State != DeliveryState.Cancelled).ToList();
            if (!deliveries.All(delivery => IsWaiting(delivery) || delivery.State == DeliveryState.Held)) return;
            var batch = new JournalBatch();
            foreach (var delivery in deliveries)
            {
                // It is no predecessor of anything: the file is another gateway's, or comes again.
                var withdrawn = Acceptance.Withdrawn(delivery, services.Now, "", reason) with { SequenceKey = null, SequencePlace = null };
                batch.Move(delivery.State, withdrawn, reason);
            }

            var after = row with
            {
                State = TransferState.Cancelled,
                ReasonText = reason,
                FetchedLease = null,
                PayloadDueAt = null,
                PayloadRemovedAt = services.Now,
                PayloadRule = reason,
                Version = row.Version + 1,
            };
            batch.Move(row.State, after, services.Now, reason);
            batch.DroppedPayloads.Add(row.PayloadId);
            try
            {
                await scope.Transfer.CommitAsync(services.Journal, batch, after, cancellationToken);
            }
            catch (JournalConflictException)
            {
                // Somebody has decided about a delivery meanwhile: look again.
                continue;
            }

            services.Intake.Remove(row);
            services.DeliveriesChanged.Pulse();
            if (!row.Inline) await services.Payloads.DeleteAsync(row.PayloadId, cancellationToken);
            return;
        }
    }

    async ValueTask ReleaseAsync(TransferRecord transfer, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var scope = await transfers.Registry.EnterAsync(transfer.Identity, cancellationToken);
            if (scope.Transfer.Record is not { State: TransferState.Accepted, AwaitsConfirmation: true } row
                || row.PayloadId != transfer.PayloadId)
                return;

            // What an operator holds is not released by this, but may be from now on (OperatorOrders).
            var after = row with { AwaitsConfirmation = false, Version = row.Version + 1 };
            var batch = new JournalBatch();
            batch.Transfers.Add(after);
            foreach (var delivery in await WaitingAsync(row, cancellationToken))
                batch.Deliveries.Add(
                    delivery with { NextAttemptAt = services.Now, UpdatedAt = services.Now, Version = delivery.Version + 1 });
            try
            {
                await scope.Transfer.CommitAsync(services.Journal, batch, after, cancellationToken);
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
        (await services.Journal.DeliveriesAsync(transfer.Identity, cancellationToken))
            .Where(delivery => IsWaiting(delivery) && delivery.PayloadId == transfer.PayloadId);

    static bool IsWaiting(DeliveryRecord delivery) =>
        delivery is { State: DeliveryState.Waiting, NextAttemptAt: null, OfferedAt: null };
}

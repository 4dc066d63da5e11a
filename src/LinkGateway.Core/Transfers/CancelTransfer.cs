using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Transfers;

/// <summary>
/// CancelTransfer: an unfinished upload goes whole; of an accepted one, the deliveries that have not begun go at once, and those that have
/// gone to other gateways when these have answered.
/// </summary>
sealed class CancelTransfer(CoreServices services, TransferRegistry registry, AdmissionControl admission, Acceptance acceptance)
{
    const int MaxReason = 1000;

    public async ValueTask<Outcome<CancelResult>> RunAsync(
        string caller, CancelTransferRequest request, CancellationToken cancellationToken)
    {
        if (request.Reason is { Length: > MaxReason })
            return new Refusal(ErrorCatalogue.FieldInvalid, "reason", $"at most {MaxReason} characters are allowed");
        var identified = admission.Identify(caller, request.Transfer);
        if (!identified.Succeeded) return identified.Refusal;
        using var scope = await registry.EnterAsync(identified.Value, cancellationToken);
        var live = scope.Transfer;
        if (live.Record is not { } record)
            return new Refusal(ErrorCatalogue.TransferUnknown, identified.Value.Origin, identified.Value.TransferId);
        if (request.Attempt is { } attempt && !(live.IsUnfinished && record.Attempt == attempt))
            return await AnswerAsync(record, cancellationToken);
        if (live.IsUnfinished) await acceptance.EndAsync(live, TransferState.Cancelled, "", Reason(caller, request), cancellationToken);
        else if (record.State == TransferState.Accepted) await WithdrawAsync(live, Reason(caller, request), cancellationToken);
        services.DeliveriesChanged.Pulse();
        return await AnswerAsync(live.Record!, cancellationToken);
    }

    async ValueTask WithdrawAsync(LiveTransfer live, string reason, CancellationToken cancellationToken)
    {
        while (true)
        {
            var record = live.Record!;
            var deliveries = await services.Journal.DeliveriesAsync(record.Identity, cancellationToken);
            var now = services.Now;
            var configuration = services.Configuration.Current.Configuration;
            var batch = new JournalBatch();
            foreach (var delivery in deliveries.Where(item => item.Intention != DeliveryIntention.Withdraw))
            {
                if (Withdrawal.Of(delivery, configuration, now, reason) is { } withdrawn) batch.Withdraw(delivery, withdrawn, reason);
            }

            if (batch.Deliveries.Count == 0) return;
            var gone = batch.Deliveries
                .Where(delivery => delivery.State == DeliveryState.Cancelled).Select(delivery => delivery.DeliveryId);
            var allGone = deliveries.All(delivery => delivery.State == DeliveryState.Cancelled || gone.Contains(delivery.DeliveryId));
            var after = allGone ? Acceptance.Cancelled(record, now, reason) : record;
            if (allGone) batch.Move(record.State, after, now, reason);
            try
            {
                await live.CommitAsync(services.Journal, batch, after, cancellationToken);
                return;
            }
            catch (JournalConflictException)
            {
                // A delivery has begun meanwhile: read again and decide again.
            }
        }
    }

    async ValueTask<CancelResult> AnswerAsync(TransferRecord record, CancellationToken cancellationToken)
    {
        var deliveries = await services.Journal.DeliveriesAsync(record.Identity, cancellationToken);
        return new CancelResult
        {
            State = record.State.ToString(),
            Deliveries =
            [
                .. deliveries.Where(delivery => delivery.PayloadId == record.PayloadId).Select(delivery => new CancelledDelivery
                {
                    DeliveryId = delivery.DeliveryId,
                    Receiver = delivery.Receiver,
                    Outcome = delivery.State == DeliveryState.Cancelled ? CancelOutcomes.Cancelled
                        : delivery.Intention == DeliveryIntention.Withdraw ? CancelOutcomes.Pending
                        : CancelOutcomes.TooLate,
                }),
            ],
        };
    }

    static string Reason(string caller, CancelTransferRequest request) =>
        string.IsNullOrWhiteSpace(request.Reason) ? $"cancelled by {caller}" : $"cancelled by {caller}: {request.Reason}";
}

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Turns the outcome of an attempt into the delivery's next state, with the receipt that proves it in the same commit.</summary>
sealed class Settlement(CoreServices services, TransferService transfers, IDeliveryEvents events)
{
    const int MaxDetail = 1000;

    // Chunks that have not come: look again after this time; the acceptance wakes the delivery at once.
    static readonly TimeSpan IdleDelay = TimeSpan.FromMinutes(1);

    /// <summary>Enters the outcome.</summary>
    public async ValueTask EnterAsync(DeliveryAttempt attempt, DeliveryOutcome outcome, CancellationToken stopping)
    {
        switch (outcome)
        {
            case DeliveryOutcome.Delivered delivered:
                await EnterDeliveredAsync(attempt, delivered.At, stopping);
                break;
            case DeliveryOutcome.HandedOver handed:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.HandedOver, null, null, null), "", stopping,
                    (batch, _) => { if (handed.Receipt is not null) batch.Receipts.Add(handed.Receipt); });
                services.ReceiptsChanged.Pulse();
                break;
            case DeliveryOutcome.Offered:
                await OfferAsync(attempt, stopping);
                break;
            case DeliveryOutcome.Idle:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.Waiting, services.Now + IdleDelay, null, null)
                        with
                    { Attempts = row.Attempts - 1 },
                    "waits for more chunks", stopping);
                break;
            case DeliveryOutcome.Retry retry:
                await TryAgainAsync(attempt, DeliveryState.Waiting, retry.Code, retry.Text, retry.After, stopping);
                break;
            case DeliveryOutcome.InDoubt doubt:
                await TryAgainAsync(attempt, DeliveryState.InDoubt, doubt.Code, doubt.Text, doubt.After, stopping);
                break;
            case DeliveryOutcome.Held held:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.Held, null, held.Code, Cut(held.Text)), held.Code, stopping);
                break;
            case DeliveryOutcome.Failed failed:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.Failed, null, failed.Code, Cut(failed.Text)), failed.Code, stopping);
                break;
        }

        events.AttemptEnded(attempt.Record);
    }

    async ValueTask EnterDeliveredAsync(DeliveryAttempt attempt, DateTimeOffset at, CancellationToken stopping)
    {
        // The transfer's row is read again: an attempt that pipelined began before the acceptance.
        var transfer = await services.Journal.FindTransferAsync(attempt.Transfer.Identity, stopping) ?? attempt.Transfer;
        var held = await services.Journal.ReceiptsAsync(transfer.Identity, stopping);
        var last = held.LastOrDefault(receipt => receipt.DeliveryId == attempt.Record.DeliveryId || receipt.DeliveryId is null);
        var receipt = transfers.Receipts.Delivered(transfer, attempt.Record, last?.Document ?? transfer.EntryReceipt, at);
        await attempt.WriteAsync(
            row => DeliveryAttempt.Release(row, DeliveryState.Delivered, null, null, null), attempt.Record.PublishedName ?? "", stopping,
            (batch, _) => batch.Receipts.Add(receipt));
        services.ReceiptsChanged.Pulse();
    }

    async ValueTask OfferAsync(DeliveryAttempt attempt, CancellationToken stopping)
    {
        // The clock wakes it only when it becomes useless; until then it waits for its receiver.
        var uselessAt = attempt.Transfer.Manifest.NotAfter?.AddTicks(1);
        await attempt.WriteAsync(
            row => DeliveryAttempt.Release(row, DeliveryState.Waiting, uselessAt, null, null) with
            {
                OfferedAt = row.OfferedAt ?? services.Now,
                Attempts = row.Attempts - 1,
            },
            "offered in the inbox", stopping);
        services.InboxChanged.Pulse();
    }

    async ValueTask TryAgainAsync(
        DeliveryAttempt attempt, DeliveryState state, string code, string text, TimeSpan? after, CancellationToken stopping)
    {
        var policy = PolicyOf(attempt);
        var attempts = attempt.Record.Attempts;
        if (!policy.AllowsAnother(attempts) && attempt.Record.State != DeliveryState.Publishing)
        {
            var given = ErrorCatalogue.AttemptsExhausted;
            var reason = given.Text([attempt.Destination.Id, $"{attempts}", $"{code} {text}"], japanese: false);
            await attempt.WriteAsync(
                row => DeliveryAttempt.Release(row, DeliveryState.Failed, null, given.Code, Cut(reason)),
                $"{given.Code} after {code}", stopping);
            return;
        }

        var delay = policy.Delay(attempts, services.Random.NextFraction());
        if (after > delay) delay = after.Value;

        // What has begun to be published is finished, however long it takes: it can neither wait as if untouched nor be given up.
        var next = attempt.Record.State == DeliveryState.Publishing ? DeliveryState.Publishing : state;
        await attempt.WriteAsync(row => DeliveryAttempt.Release(row, next, services.Now + delay, code, Cut(text)), code, stopping);
    }

    RetryPolicy PolicyOf(DeliveryAttempt attempt)
    {
        var route = TransferRoutes.Of(
            services.Configuration.Current, attempt.Transfer.Manifest, attempt.Record.Receiver, attempt.Destination);
        return route?.Retry ?? DefaultPolicy;
    }

    static readonly RetryPolicy DefaultPolicy = DefaultOf(new RetrySettings());

    static RetryPolicy DefaultOf(RetrySettings settings) => new(settings.Attempts, settings.FirstDelay, settings.MaxDelay);

    static string Cut(string text) => text.Length <= MaxDetail ? text : text[..MaxDetail];
}

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Jobs;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Turns the outcome of an attempt into the delivery's next state, with the receipt that proves it in the same commit.</summary>
sealed class Settlement(CoreServices services, TransferService transfers, Ways ways, IDeliveryEvents events)
{
    const int MaxDetail = 1000;

    // Chunks that have not come: look again after this time; the acceptance wakes the delivery at once.
    static readonly TimeSpan IdleDelay = TimeSpan.FromMinutes(1);

    // When the next gateway is asked about what it has: soon where its receipts go to somebody else, or where another way could be gone
    // instead, and ever more rarely.
    static readonly TimeSpan AskSoon = TimeSpan.FromSeconds(5);
    static readonly TimeSpan AskWithAnotherWay = TimeSpan.FromSeconds(30);
    static readonly TimeSpan AskFirst = TimeSpan.FromMinutes(5);
    static readonly TimeSpan AskLast = TimeSpan.FromHours(1);

    /// <summary>Enters the outcome.</summary>
    public async ValueTask EnterAsync(DeliveryAttempt attempt, DeliveryOutcome outcome, CancellationToken stopping)
    {
        switch (outcome)
        {
            case DeliveryOutcome.Delivered delivered:
                await EnterDeliveredAsync(attempt, delivered, stopping);
                break;
            case DeliveryOutcome.Rejected rejected:
                attempt.Doubts.Clear();
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.ReceiverRejected, null, rejected.Code, Cut(rejected.Text))
                        with
                    { ReceiverReference = rejected.ReceiverReference },
                    rejected.Code, stopping);
                break;
            case DeliveryOutcome.HandedOver handed:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.HandedOver, AskAt(attempt, handed.Earlier), null, null), "", stopping,
                    (batch, _) => { if (handed.Receipt is not null) batch.Receipts.Add(handed.Receipt); });
                services.ReceiptsChanged.Pulse();
                break;
            case DeliveryOutcome.Offered:
                await OfferAsync(attempt, stopping);
                break;
            case DeliveryOutcome.StillHandedOver still:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(
                        row, row.State, AskAt(attempt, still.Receipts.Count > 0), still.Code, CutOrNull(still.Text)),
                    "", stopping, (batch, _) => AddAll(batch, still.Receipts));
                break;
            case DeliveryOutcome.Proven proven:
                await EnterProvenAsync(attempt, proven.Receipts, stopping);
                break;
            case DeliveryOutcome.Rerouted rerouted:
                attempt.Doubts.Add(attempt.Destination.Id);
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.Waiting, services.Now, rerouted.Code, Cut(rerouted.Text)),
                    $"{rerouted.Code}: goes by another way", stopping);
                services.DeliveriesChanged.Pulse();
                break;
            case DeliveryOutcome.Withdrawn:
                await EnterWithdrawnAsync(attempt, stopping);
                break;
            case DeliveryOutcome.StillWithdrawing pending:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(
                        row, row.State, Aged(attempt, AskSoon, AskFirst), pending.Code, Cut(pending.Text)),
                    "", stopping);
                break;
            case DeliveryOutcome.TooLate late:
                await attempt.WriteAsync(row => GoOn(row, late.Text), late.Text, stopping);
                break;
            case DeliveryOutcome.Idle:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.Waiting, services.Now + IdleDelay, null, null)
                        with
                    { Attempts = row.Attempts - 1 },
                    "waits for more chunks", stopping);
                break;
            case DeliveryOutcome.Retry retry:
                var state = attempt.Doubts.Count > 0 ? DeliveryState.InDoubt : DeliveryState.Waiting;
                await TryAgainAsync(attempt, state, retry.Code, retry.Text, retry.After, stopping);
                break;
            case DeliveryOutcome.InDoubt doubt:
                await TryAgainAsync(attempt, DeliveryState.InDoubt, doubt.Code, doubt.Text, doubt.After, stopping);
                break;
            case DeliveryOutcome.Held held:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.Held, null, held.Code, Cut(held.Text)), held.Code, stopping);
                break;
            case DeliveryOutcome.HeldForSet forSet:
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.Held, forSet.At, forSet.Code, Cut(forSet.Text)), "", stopping);
                break;
            case DeliveryOutcome.Ended when attempt.Record is { LeaseOwner: not null, State: DeliveryState.Sending }:
                // The upload is not finished: whoever finishes it, or ends it, decides.
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(row, DeliveryState.Waiting, services.Now + IdleDelay, null, null), "", stopping);
                break;
            case DeliveryOutcome.Failed failed:
                // The gateway that had accepted it has given it up, and may be told to go on.
                if (attempt.Record.State == DeliveryState.HandedOver) attempt.Doubts.Add(attempt.Destination.Id);
                // Whoever fetched it last from an inbox may have it all the same, and can still say so.
                await attempt.WriteAsync(
                    row => DeliveryAttempt.Release(
                        row, DeliveryState.Failed, JobAt(attempt, DeliveryState.Failed), failed.Code, Cut(failed.Text)) with
                    {
                        LeaseToken = row.LeaseToken,
                    },
                    failed.Code, stopping);
                services.JobsChanged.Pulse();
                break;
        }

        if (outcome is DeliveryOutcome.Delivered or DeliveryOutcome.Rejected or DeliveryOutcome.Proven) services.TurnOver(attempt.Record);
        events.AttemptEnded(attempt.Record);
    }

    async ValueTask EnterDeliveredAsync(DeliveryAttempt attempt, DeliveryOutcome.Delivered delivered, CancellationToken stopping)
    {
        // The transfer's row is read again: an attempt that pipelined began before the acceptance.
        var transfer = await services.Journal.FindTransferAsync(attempt.Transfer.Identity, stopping) ?? attempt.Transfer;
        var held = await services.Journal.ReceiptsAsync(transfer.Identity, stopping);
        var last = held.LastOrDefault(receipt => receipt.DeliveryId == attempt.Record.DeliveryId || receipt.DeliveryId is null);
        attempt.Doubts.Clear();
        var delivery = attempt.Record with { ReceiverReference = delivered.ReceiverReference };
        var receipt = transfers.Receipts.Delivered(transfer, delivery, last?.Document ?? transfer.EntryReceipt, delivered.At);
        await attempt.WriteAsync(
            row => DeliveryAttempt.Release(row, DeliveryState.Delivered, JobAt(attempt, DeliveryState.Delivered), null, null)
                with
            { ReceiverReference = delivery.ReceiverReference },
            delivery.PublishedName ?? delivery.ReceiverReference ?? "", stopping,
            (batch, _) => batch.Receipts.Add(receipt));
        services.ReceiptsChanged.Pulse();
        services.JobsChanged.Pulse();
    }

    async ValueTask OfferAsync(DeliveryAttempt attempt, CancellationToken stopping)
    {
        var uselessAt = InboxDestination.UselessAt(attempt.Transfer.Manifest);
        await attempt.WriteAsync(
            row => DeliveryAttempt.Release(row, DeliveryState.Waiting, uselessAt, null, null) with
            {
                OfferedAt = row.OfferedAt ?? services.Now,
                Attempts = row.Attempts - 1,
            },
            "offered in the inbox", stopping);
        services.InboxChanged.Pulse();
    }

    /// <summary>Enters what receipts of another gateway prove: that it was delivered, and what the receiving system made of it.</summary>
    async ValueTask EnterProvenAsync(DeliveryAttempt attempt, IReadOnlyList<ReceiptRecord> receipts, CancellationToken stopping)
    {
        var batch = new JournalBatch();
        var row = attempt.Record;
        foreach (var receipt in receipts)
        {
            batch.Receipts.Add(receipt);
            row = ReceiptProof.Enter(batch, row, receipt.Content, services.Now);
        }

        await services.Journal.CommitAsync(batch, stopping);
        services.ReceiptsChanged.Pulse();
    }

    /// <summary>Enters an attempt that ended with an exception: the delivery is tried again, within its route's limits.</summary>
    public ValueTask EnterCrashAsync(DeliveryAttempt attempt, Exception crash, CancellationToken stopping)
    {
        var code = ErrorCatalogue.Internal.Code;
        var text = $"the attempt broke off: {crash.GetType().Name}";
        if (attempt.Record.Intention == DeliveryIntention.Withdraw)
            return EnterAsync(attempt, new DeliveryOutcome.StillWithdrawing(code, text), stopping);

        // How far it had come is not known; in folders and inboxes nothing is to be seen before the journal says so.
        var mayHaveGone = attempt.Record.State == DeliveryState.Sending
            && attempt.Destination is not (FolderDestination or InboxDestination);
        if (mayHaveGone && !attempt.Transfer.Manifest.IsMessage()) attempt.Doubts.Add(attempt.Destination.Id);
        DeliveryOutcome outcome = attempt.Record.State switch
        {
            DeliveryState.HandedOver => new DeliveryOutcome.StillHandedOver(code, text, []),
            DeliveryState.Held =>
                new DeliveryOutcome.HeldForSet(attempt.Record.LastErrorCode ?? code, text, services.Now + IdleDelay),
            _ when mayHaveGone => new DeliveryOutcome.InDoubt(code, text),
            _ => new DeliveryOutcome.Retry(code, text),
        };
        return EnterAsync(attempt, outcome, stopping);
    }

    /// <summary>Enters the end of a withdrawn delivery, and with the last one that of its transfer.</summary>
    async ValueTask EnterWithdrawnAsync(DeliveryAttempt attempt, CancellationToken stopping)
    {
        using var scope = await transfers.Registry.EnterAsync(attempt.Transfer.Identity, stopping);
        var reason = attempt.Record.IntentionReason ?? "";
        var transfer = scope.Transfer.Record;
        var deliveries = await services.Journal.DeliveriesAsync(attempt.Transfer.Identity, stopping);
        var isLast = transfer?.State == TransferState.Accepted && transfer.PayloadId == attempt.Record.PayloadId
            && deliveries.All(item => item.State == DeliveryState.Cancelled || item.DeliveryId == attempt.Record.DeliveryId);

        // The row is written beside the registry: it reads it again.
        scope.Transfer.Loaded = !isLast;
        attempt.Doubts.Clear();
        await attempt.WriteAsync(
            row => DeliveryAttempt.Release(row, DeliveryState.Cancelled, null, "", reason) with { Intention = DeliveryIntention.None },
            reason, stopping,
            (batch, after) =>
            {
                if (!isLast) return;
                var ended = Acceptance.Cancelled(transfer!, after.UpdatedAt, reason);
                batch.Move(transfer!.State, ended, after.UpdatedAt, reason);
            });
    }

    /// <summary>The row of a delivery that goes on although it was to be withdrawn.</summary>
    DeliveryRecord GoOn(DeliveryRecord row, string text)
    {
        // What an operator holds stays held.
        if (row.State == DeliveryState.Held)
        {
            return DeliveryAttempt.Release(row, DeliveryState.Held, null, row.LastErrorCode, row.LastErrorText) with
            {
                Intention = DeliveryIntention.None,
                IntentionReason = $"{row.IntentionReason}: {text}",
            };
        }

        var state = row.State == DeliveryState.Sending ? DeliveryState.InDoubt : row.State;
        return DeliveryAttempt.Release(row, state, services.Now, null, null)
            with
        { Intention = DeliveryIntention.None, IntentionReason = $"{row.IntentionReason}: {text}" };
    }

    DateTimeOffset? JobAt(DeliveryAttempt attempt, DeliveryState state) =>
        FolderJobService.DueAt(attempt.Destination, state, services.Now);

    DateTimeOffset AskAt(DeliveryAttempt attempt, bool soon)
    {
        var first = soon ? AskSoon : ways.HasAnother(attempt) ? AskWithAnotherWay : AskFirst;
        return Aged(attempt, first, AskLast);
    }

    /// <summary>A time that lies the further off the older the delivery is.</summary>
    DateTimeOffset Aged(DeliveryAttempt attempt, TimeSpan least, TimeSpan most)
    {
        var pause = (services.Now - attempt.Record.CreatedAt) / 4;
        return services.Now + (pause < least ? least : pause > most ? most : pause);
    }

    static void AddAll(JournalBatch batch, IReadOnlyList<ReceiptRecord> receipts)
    {
        foreach (var receipt in receipts) batch.Receipts.Add(receipt);
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
                row => DeliveryAttempt.Release(
                    row, DeliveryState.Failed, JobAt(attempt, DeliveryState.Failed), given.Code, Cut(reason)),
                $"{given.Code} after {code}", stopping);
            services.JobsChanged.Pulse();
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

    static string? CutOrNull(string? text) => text is null ? null : Cut(text);

    static string Cut(string text) => text.Length <= MaxDetail ? text : text[..MaxDetail];
}

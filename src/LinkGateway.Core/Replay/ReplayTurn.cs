using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Sets;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Replay;

/// <summary>
/// Carries out an order about one delivery. The deed and the word that it is done are one commit: an order that is broken off goes on with
/// the next delivery, and makes no copy twice.
/// </summary>
/// <remarks>
/// The decision about the transfer is held meanwhile, so that its payload is not removed between judgement and deed; and for a forwarded
/// file that of the copy's number too, which another gateway may be about to hand on.
/// </remarks>
sealed class ReplayTurn(CoreServices services, TransferRegistry registry)
{
    public async ValueTask<ReplayItemRecord> RunAsync(ReplayOrderRecord order, ReplayItemRecord item, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await TryAsync(order, item, cancellationToken);
            }
            catch (JournalConflictException)
            {
                // Somebody has decided about the delivery meanwhile: judge it again as it is now.
                var still = await services.Journal.NextReplayItemAsync(order.OrderId, cancellationToken);
                if (still?.Place != item.Place) return item;
            }
        }
    }

    async ValueTask<ReplayItemRecord> TryAsync(ReplayOrderRecord order, ReplayItemRecord item, CancellationToken cancellationToken)
    {
        if (await services.Journal.FindDeliveryAsync(item.DeliveryId, cancellationToken) is not { } found)
            return await SkipAsync(item, "it is not in the journal any more", cancellationToken);
        using var scope = await registry.EnterAsync(found.Transfer, cancellationToken);
        var delivery = (await services.Journal.FindDeliveryAsync(item.DeliveryId, cancellationToken))!;
        var transfer = scope.Transfer.Record;
        var verdict = ReplayRules.JudgeTurn(item, delivery, transfer, order.To, services.Configuration.Current, services.Now);
        return verdict.Action switch
        {
            ReplayAction.Continue => await ContinueAsync(order, item, delivery, transfer!, verdict.DestinationId!, cancellationToken),
            ReplayAction.Copy => await CopyAsync(order, item, delivery, transfer!, verdict.DestinationId!, cancellationToken),
            _ => await SkipAsync(item, verdict.Text!, cancellationToken),
        };
    }

    async ValueTask<ReplayItemRecord> ContinueAsync(
        ReplayOrderRecord order, ReplayItemRecord item, DeliveryRecord delivery, TransferRecord transfer, string destinationId,
        CancellationToken cancellationToken)
    {
        var given = new GivenOrder(order.Operator, order.Reason, DryRun: false);
        var after = OrderRules.Apply(
            OrderKind.Release, delivery, given, order.Reason, services.Configuration.Current.Configuration, services.Now);
        if (OperatorOrders.IsUnconfirmed(after, transfer)) after = after with { NextAttemptAt = null };
        if (order.To is not null) after = after with { DestinationId = destinationId, Pinned = true, OfferedAt = null };
        var done = item with { State = ReplayItemState.Continued, CarriedOutBy = delivery.DeliveryId, Text = null };
        var batch = new JournalBatch();
        batch.Move(delivery.State, after, Detail(order, $"continued to {destinationId}"));
        return await EnterAsync(order, done, batch, delivery, after.State, cancellationToken);
    }

    async ValueTask<ReplayItemRecord> CopyAsync(
        ReplayOrderRecord order, ReplayItemRecord item, DeliveryRecord delivery, TransferRecord transfer, string destinationId,
        CancellationToken cancellationToken)
    {
        var next = await ReplayNumbers.NextAsync(services.Journal, delivery, cancellationToken);
        if (ReplayNumbers.WhyNone(delivery, next) is { } obstacle) return await SkipAsync(item, obstacle, cancellationToken);
        if (item.SetReplay is { } ofSet)
        {
            // The files of a set come under one number, or the receiver never gets the set whole.
            if (ofSet < next) return await SkipAsync(item, $"copy {ofSet} of it was made by another order meanwhile", cancellationToken);
            next = ofSet;
        }

        if (transfer.Identity.IsEntry)
            return await MakeAsync(order, item, delivery, transfer, next, destinationId, cancellationToken);
        using var forwarded = await registry.EnterAsync(transfer.Identity with { Replay = next }, cancellationToken);
        return forwarded.Transfer.Record is null
            ? await MakeAsync(order, item, delivery, transfer, next, destinationId, cancellationToken)
            : throw new JournalConflictException($"copy {next} of {transfer.Identity}");
    }

    async ValueTask<ReplayItemRecord> MakeAsync(
        ReplayOrderRecord order, ReplayItemRecord item, DeliveryRecord delivery, TransferRecord transfer, int replay, string destinationId,
        CancellationToken cancellationToken)
    {
        var now = services.Now;
        var copy = new DeliveryRecord
        {
            DeliveryId = services.Random.NextId(),
            Transfer = transfer.Identity,
            PayloadId = transfer.PayloadId,
            Receiver = delivery.Receiver,
            InterfaceId = transfer.Manifest.InterfaceId,
            Replay = replay,
            DestinationId = destinationId,
            Pinned = order.To is not null,
            SetKey = SetKeys.Of(transfer.Manifest, delivery.Receiver, replay),
            State = DeliveryState.Waiting,
            Attempts = 0,
            NextAttemptAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var done = item with { State = ReplayItemState.Copied, CarriedOutBy = copy.DeliveryId, Text = null };
        var batch = new JournalBatch();
        batch.Begin(copy, Detail(order, $"copy {replay} of delivery {delivery.DeliveryId} to {copy.Receiver} by {destinationId}"));
        return await EnterAsync(order, done, batch, delivery, delivery.State, cancellationToken);
    }

    async ValueTask<ReplayItemRecord> EnterAsync(
        ReplayOrderRecord order, ReplayItemRecord done, JournalBatch batch, DeliveryRecord before, DeliveryState to,
        CancellationToken cancellationToken)
    {
        batch.ReplayItems.Add(done);
        batch.Orders.Add(new OperatorOrderRecord
        {
            At = services.Now,
            Operator = order.Operator,
            Order = OrderKind.Replay,
            Reason = order.Reason,
            DeliveryId = before.DeliveryId,
            Transfer = before.Transfer,
            From = before.State,
            To = to,
        });
        await services.Journal.CommitAsync(batch, cancellationToken);
        services.DeliveriesChanged.Pulse();
        return done;
    }

    async ValueTask<ReplayItemRecord> SkipAsync(ReplayItemRecord item, string why, CancellationToken cancellationToken)
    {
        var skipped = item with { State = ReplayItemState.Skipped, Text = why };
        var batch = new JournalBatch();
        batch.ReplayItems.Add(skipped);
        await services.Journal.CommitAsync(batch, cancellationToken);
        return skipped;
    }

    static string Detail(ReplayOrderRecord order, string what) =>
        $"{what}: replay {order.OrderId} by operator {order.Operator}: {order.Reason}";
}

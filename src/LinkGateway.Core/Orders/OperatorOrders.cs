using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Orders;

/// <summary>
/// Carries out what operators order about deliveries. Who, when and why are in the commit that has the effect; a dry run writes nothing.
/// </summary>
/// <remarks>Whether the caller is an operator has been judged before. Thread-safe.</remarks>
public sealed class OperatorOrders(CoreServices services, TransferService transfers)
{
    /// <summary>Longest reason in characters.</summary>
    public const int MaxReason = 1000;

    /// <summary>Carries out one order about one delivery.</summary>
    /// <param name="order">The order.</param>
    /// <param name="deliveryId">The delivery.</param>
    /// <param name="given">Who, why, and whether in earnest.</param>
    /// <param name="cancellationToken">Gives up; the order may have been carried out.</param>
    public async ValueTask<Outcome<OrderResult>> GiveAsync(
        OrderKind order, string deliveryId, GivenOrder given, CancellationToken cancellationToken)
    {
        var reason = OrderReason.Check(given.Reason);
        if (!reason.Succeeded) return reason.Refusal;
        try
        {
            if (await services.Journal.FindDeliveryAsync(deliveryId, cancellationToken) is not { } delivery)
                return new Refusal(ErrorCatalogue.NoSuchDelivery, deliveryId);
            using var scope = await transfers.Registry.EnterAsync(delivery.Transfer, cancellationToken);
            return await GiveAsync(order, delivery, scope.Transfer, given, reason.Value, cancellationToken);
        }
        catch (StorageException e)
        {
            return new Refusal(ErrorCatalogue.StorageTrouble) { Cause = e };
        }
    }

    async ValueTask<Outcome<OrderResult>> GiveAsync(
        OrderKind order, DeliveryRecord delivery, LiveTransfer live, GivenOrder given, string reason, CancellationToken cancellationToken)
    {
        while (true)
        {
            var configuration = services.Configuration.Current.Configuration;
            if (OrderRules.Obstacle(order, delivery, live.Record, configuration) is { } obstacle)
                return new Refusal(ErrorCatalogue.OrderImpossible, delivery.DeliveryId, $"{delivery.State}", Word(order), obstacle);
            var after = OrderRules.Apply(order, delivery, given, reason, configuration, services.Now);
            if (after.State == DeliveryState.Waiting && IsUnconfirmed(after, live.Record!)) after = after with { NextAttemptAt = null };
            var result = new OrderResult
            {
                Order = order,
                DryRun = given.DryRun,
                From = $"{delivery.State}",
                Delivery = OperatorViews.Of(after, live.Record, services.Configuration.Current),
            };
            if (given.DryRun) return result;
            try
            {
                await CommitAsync(order, delivery, after, live, given, reason, cancellationToken);
                Announce();
                return result;
            }
            catch (JournalConflictException)
            {
                // An attempt has moved it meanwhile: look again whether the order is possible.
                delivery = (await services.Journal.FindDeliveryAsync(delivery.DeliveryId, cancellationToken))!;
            }
        }
    }

    async ValueTask CommitAsync(
        OrderKind order, DeliveryRecord before, DeliveryRecord after, LiveTransfer live, GivenOrder given, string reason,
        CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        var detail = $"{Word(order)} by operator {given.Operator}: {reason}";
        if (order == OrderKind.Cancel) batch.Withdraw(before, after, detail);
        else batch.Move(before.State, after, detail);
        batch.Orders.Add(new OperatorOrderRecord
        {
            At = after.UpdatedAt,
            Operator = given.Operator,
            Order = order,
            Reason = reason,
            DeliveryId = after.DeliveryId,
            Transfer = after.Transfer,
            From = before.State,
            To = after.State,
        });
        var transfer = live.Record!;
        if (after.State == DeliveryState.Cancelled && await IsLastAsync(after, transfer, cancellationToken))
        {
            var cancelled = Acceptance.Cancelled(transfer, after.UpdatedAt, after.LastErrorText);
            batch.Move(transfer.State, cancelled, after.UpdatedAt, after.LastErrorText!);
            await live.CommitAsync(services.Journal, batch, cancelled, cancellationToken);
            return;
        }

        await services.Journal.CommitAsync(batch, cancellationToken);
    }

    // What was fetched goes on when it is confirmed where it comes from (PullConfirmation): before that, another may be given it there.
    static bool IsUnconfirmed(DeliveryRecord delivery, TransferRecord transfer) =>
        transfer.AwaitsConfirmation && transfer.PayloadId == delivery.PayloadId;

    /// <summary>Whether no delivery of the accepted transfer is left but cancelled ones.</summary>
    async ValueTask<bool> IsLastAsync(DeliveryRecord cancelled, TransferRecord transfer, CancellationToken cancellationToken)
    {
        if (transfer.State != TransferState.Accepted) return false;
        var all = await services.Journal.DeliveriesAsync(transfer.Identity, cancellationToken);
        return all.All(one => one.DeliveryId == cancelled.DeliveryId || one.State == DeliveryState.Cancelled);
    }

    void Announce()
    {
        services.OrdersChanged.Pulse();
        services.DeliveriesChanged.Pulse();
    }

    static string Word(OrderKind order) => order switch
    {
        OrderKind.SettleDelivered => "settle as delivered",
        OrderKind.SettleNotDelivered => "settle as not delivered",
        OrderKind.Hold => "hold",
        OrderKind.Release => "release",
        _ => "cancel",
    };
}

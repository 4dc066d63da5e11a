using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Orders;

/// <summary>An operator at a gateway.</summary>
sealed class OrderDesk(CoreWorld world)
{
    public const string Reason = "asked at the receiver by telephone";

    readonly OperatorOrders _orders = new(world.Services, world.Transfers);

    /// <summary>A transfer whose only delivery is put into a state, whatever would have led there.</summary>
    public async Task<DeliveryRecord> PutAsync(
        string transferId, DeliveryState state, Func<DeliveryRecord, DeliveryRecord>? with = null)
    {
        Assert.True((await world.SubmitAsync(Manifest(transferId), Bytes(10))).Succeeded);
        var delivery = await world.DeliveryAsync(Identity(transferId));
        var put = delivery with { State = state, NextAttemptAt = null, Attempts = 7, Version = delivery.Version + 1 };
        var batch = new JournalBatch();
        batch.Deliveries.Add(with?.Invoke(put) ?? put);
        await world.Journal.CommitAsync(batch, Never);
        return batch.Deliveries[0];
    }

    public async Task<Outcome<OrderResult>> GiveAsync(
        OrderKind order, string deliveryId, bool dryRun = false, string? reason = Reason) =>
        await _orders.GiveAsync(order, deliveryId, new GivenOrder(WorldConfiguration.Operator, reason, dryRun), Never);

    public async Task<OrderResult> DoneAsync(OrderKind order, TransferIdentity transfer)
    {
        var done = await GiveAsync(order, (await world.DeliveryAsync(transfer)).DeliveryId);
        Assert.True(done.Succeeded, $"{done.Refusal}");
        return done.Value;
    }

    /// <summary>Suspends a participant.</summary>
    public Task SuspendAsync(string participant) => StandAsync(StandingSubjects.Suspend(participant), StandingSubjects.InForce);

    /// <summary>Ends the suspension of a participant.</summary>
    public Task ResumeAsync(string participant) => StandAsync(StandingSubjects.Suspend(participant), null);

    /// <summary>All that an order may write.</summary>
    public async Task<(DeliveryRecord?, TransferRecord?, int Events, int Receipts, int Orders)> TraceAsync(DeliveryRecord delivery) => (
        await world.Journal.FindDeliveryAsync(delivery.DeliveryId, Never),
        await world.Journal.FindTransferAsync(delivery.Transfer, Never),
        (await world.Journal.EventsAsync(delivery.Transfer, Never)).Count,
        (await world.Journal.ReceiptsAsync(delivery.Transfer, Never)).Count,
        (await world.Journal.OrdersAsync(null, 100, Never)).Count);

    async Task StandAsync(string subject, string? value)
    {
        var given = new GivenOrder(WorldConfiguration.Operator, Reason, DryRun: false);
        var result = await world.Services.Standing.GiveAsync(world.Services, subject, value, given, Never);
        Assert.True(result.Succeeded, $"{result.Refusal}");
    }
}

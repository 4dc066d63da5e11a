using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Replay;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Replay;

/// <summary>An operator who replays at a gateway.</summary>
sealed class ReplayDesk(CoreWorld world)
{
    public const string Reason = "the receiver lost its disk";

    public ReplayOrders Orders { get; } = new(world.Services);

    public async Task<ReplayAnswer> PlanAsync(ReplayRequest request) => Succeeded(await AskAsync(request));

    public async Task<Outcome<ReplayAnswer>> AskAsync(ReplayRequest request, string @operator = WorldConfiguration.Operator) =>
        await Orders.GiveAsync(@operator, request with { Reason = request.Reason ?? Reason }, Never);

    public async Task<ReplayAnswer> OrderAsync(ReplayRequest request) =>
        Succeeded(await AskAsync(request with { ForReal = true, OrderId = request.OrderId ?? "order-1" }));

    /// <summary>Orders the replay of the only, or the newest, delivery of a transfer.</summary>
    public async Task<ReplayAnswer> OrderAsync(TransferIdentity transfer, string orderId = "order-1") =>
        await OrderAsync(new ReplayRequest { OrderId = orderId, Deliveries = [(await DeliveriesAsync(transfer))[^1].DeliveryId] });

    public async Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(TransferIdentity transfer) =>
        await world.Journal.DeliveriesAsync(transfer, Never);

    public async Task<ReplaySummary> SummaryAsync(string orderId = "order-1") =>
        Succeeded(await Orders.ShowAsync(orderId, 1, null, Never)).Order;

    /// <summary>Lets the clock run until every delivery of the order has had its turn.</summary>
    public Task DoneAsync(string orderId = "order-1") => world.DriveAsync(
        async () => (await SummaryAsync(orderId)).State == ReplaySummary.Done, $"replay {orderId} is done");

    static T Succeeded<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Succeeded, $"{outcome.Refusal}");
        return outcome.Value;
    }
}

using LinkGateway.Contract.States;

namespace LinkGateway.Core.Journal;

/// <summary>How far an order to replay is.</summary>
/// <param name="Items">How many of its deliveries are in each state that has any.</param>
/// <param name="Outcomes">The states of the deliveries that carry it out.</param>
public sealed record ReplayProgress(
    IReadOnlyDictionary<ReplayItemState, long> Items, IReadOnlyDictionary<DeliveryState, long> Outcomes)
{
    /// <summary>Deliveries in one state.</summary>
    public long Count(ReplayItemState state) => Items.GetValueOrDefault(state);
}

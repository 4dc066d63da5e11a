using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Nights;

/// <summary>The people on duty: they hold, release and cancel deliveries in the night, and let nothing lie in the morning.</summary>
sealed class Operator(Night night, Dice dice)
{
    /// <summary>Gives some order about some delivery.</summary>
    public void Meddle(Host host)
    {
        var deliveries = host.Rows.Deliveries.ToList();
        if (deliveries.Count > 0)
            Give(host, dice.Pick(deliveries), dice.Pick<OrderKind>([OrderKind.Hold, OrderKind.Release, OrderKind.Cancel]));
    }

    /// <summary>Releases what is still held.</summary>
    public void Release(Host host)
    {
        foreach (var delivery in host.Rows.Deliveries.Where(delivery => delivery.State == DeliveryState.Held).ToList())
            Give(host, delivery, OrderKind.Release);
    }

    void Give(Host host, DeliveryRecord delivery, OrderKind order)
    {
        // To release what has failed because it was cancelled elsewhere helps nobody.
        if (host.Current is not { } gateway || (order == OrderKind.Release && delivery.State != DeliveryState.Held)) return;
        if (order == OrderKind.Cancel) night.Consignments[delivery.Transfer.TransferId].CancelAsked = true;
        gateway.Life.Start(async () =>
        {
            var outcome = await gateway.Orders.GiveAsync(
                order, delivery.DeliveryId, new GivenOrder("operator", "as the simulation pleases", false), gateway.Stopping);
            night.Trace.Write(host.Id, $"{order} of {delivery.DeliveryId[..6]}: {outcome.Value?.Delivery.State} {outcome.Refusal}");
        });
    }
}

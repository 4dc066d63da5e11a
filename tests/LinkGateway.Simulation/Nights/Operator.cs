using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Sequences;
using LinkGateway.Simulation.Hosts;
using LinkGateway.Simulation.Timing;

namespace LinkGateway.Simulation.Nights;

/// <summary>The people on duty: they hold, release and cancel deliveries in the night, and let nothing lie in the morning.</summary>
sealed class Operator(Night night, Dice dice)
{
    static readonly OrderKind[] Usual = [OrderKind.Hold, OrderKind.Release, OrderKind.Cancel];

    /// <summary>Gives some order about some delivery.</summary>
    public void Meddle(Host host)
    {
        var deliveries = host.Rows.Deliveries.ToList();
        if (deliveries.Count > 0)
            Give(host, dice.Pick(deliveries), dice.Pick(night.Order == RouteOrder.None ? Usual : [.. Usual, OrderKind.Pass]));
    }

    /// <summary>Releases what is still held, and lets nothing wait for what has come to nothing.</summary>
    public void Release(Host host)
    {
        foreach (var delivery in host.Rows.Deliveries.ToList())
        {
            if (SequenceOrder.IsPast(delivery) || IsInTheWay(delivery)) Give(host, delivery, OrderKind.Pass);
            else if (delivery.State == DeliveryState.Held && !SequenceOrder.IsWaiting(delivery)) Give(host, delivery, OrderKind.Release);
        }
    }

    /// <summary>Lets the first that waits for its turn go without waiting longer.</summary>
    public void PassFirst(IReadOnlyList<Host> hosts)
    {
        foreach (var host in hosts)
        {
            var first = host.Rows.Deliveries.Where(SequenceOrder.IsWaiting)
                .MinBy(delivery => delivery.SequencePlace, StringComparer.Ordinal);
            if (first is not null) Give(host, first, OrderKind.Pass);
        }
    }

    static bool IsInTheWay(DeliveryRecord delivery) => delivery is
    {
        SequenceKey: not null, SequencePass: not SequencePass.Skipped, State: DeliveryState.Failed or DeliveryState.Cancelled,
    };

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

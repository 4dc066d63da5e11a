using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Simulation.Hosts;

namespace LinkGateway.Simulation.Nights;

/// <summary>What must hold when all has settled.</summary>
static class Morning
{
    /// <summary>Whether something still happens to a delivery by itself.</summary>
    public static bool IsPending(Host host, DeliveryRecord delivery) =>
        (delivery.State == DeliveryState.Held && delivery.LastErrorCode == HeldByOperator)
        || (delivery.Intention == DeliveryIntention.Withdraw && !DeliveryStates.IsFinal(delivery.State))
        || (host.Rows.Find(delivery.Transfer) is { } transfer && transfer.PayloadId == delivery.PayloadId
            && transfer.State == TransferState.Accepted
            && !DeliveryStates.IsFinal(delivery.State) && delivery.State != DeliveryState.Held);

    static readonly string HeldByOperator = ErrorCatalogue.HeldByOperator.Code;

    public static void Check(Night night, Topology topology, IReadOnlyList<Host> hosts)
    {
        foreach (var consignment in night.Consignments.Values)
            foreach (var receiver in topology.Receivers) Check(night, topology, consignment, receiver);
        foreach (var host in hosts) CheckLeftovers(night, host);
    }

    static void Check(Night night, Topology topology, Consignment consignment, string receiver)
    {
        if (consignment.Accepted is null) return;
        var entry = night.HostOf(topology.Entry);
        var delivery = entry.Rows.Deliveries.LastOrDefault(
            row => row.Transfer.TransferId == consignment.Id && row.Receiver == receiver && row.PayloadId == entry.Rows.Find(row.Transfer)!.PayloadId);
        var taken = consignment.TakenBy(receiver);
        if (delivery is null) night.Fail($"{consignment.Id} was accepted, and nothing is known of its delivery to {receiver}");
        else if (delivery.State is (DeliveryState.Delivered or DeliveryState.Applied) && taken == 1) return;
        else if (delivery.State is (DeliveryState.Cancelled or DeliveryState.Failed) && consignment.CancelAsked && taken == 0) return;
        else night.Fail($"{consignment.Id} was accepted; its delivery to {receiver} is {delivery.State}"
            + $" ({delivery.LastErrorCode} {delivery.LastErrorText}), and {receiver} has it {taken} times");
    }

    // What a delivery had prepared before it was cancelled stays inside, where no receiver looks.
    static bool IsOfCancelled(Host host, string path) =>
        Path.GetFileName(Path.GetDirectoryName(path)) == ".linkgw" && host.Rows.Deliveries.Any(delivery =>
            delivery.State == DeliveryState.Cancelled
            && Path.GetFileName(path).StartsWith(delivery.DeliveryId, StringComparison.Ordinal));

    static void CheckLeftovers(Night night, Host host)
    {
        foreach (var path in host.Disk.Paths)
        {
            if (path.StartsWith("/out/", StringComparison.Ordinal) && !IsOfCancelled(host, path))
                night.Fail($"{host.Id}: {path} was left behind");
        }
    }
}

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
        (delivery.State == DeliveryState.Held && Passing.Contains(delivery.LastErrorCode))
        || (delivery.Intention == DeliveryIntention.Withdraw && !DeliveryStates.IsFinal(delivery.State))
        || (host.Rows.Find(delivery.Transfer) is { } transfer && transfer.PayloadId == delivery.PayloadId
            && transfer.State == TransferState.Accepted
            && !DeliveryStates.IsFinal(delivery.State) && delivery.State != DeliveryState.Held);

    // Held until the operator comes in the morning, until the set is here, or until its turn comes.
    static readonly HashSet<string?> Passing =
    [
        ErrorCatalogue.HeldByOperator.Code, ErrorCatalogue.SetIncomplete.Code,
        ErrorCatalogue.OrderWaits.Code, ErrorCatalogue.OrderPast.Code,
    ];

    public static void Check(Night night, Topology topology, IReadOnlyList<Host> hosts)
    {
        foreach (var consignment in night.Consignments.Values)
            foreach (var receiver in topology.Receivers) Check(night, topology, consignment, receiver);
        foreach (var receiver in topology.Receivers) CheckSet(night, receiver);
        foreach (var host in hosts) CheckLeftovers(night, host);
    }

    static void Check(Night night, Topology topology, Consignment consignment, string receiver)
    {
        if (consignment.Accepted is null) return;
        var entry = night.HostOf(topology.Entry);
        var delivery = entry.Rows.Deliveries.LastOrDefault(
            row => row.Transfer.TransferId == consignment.Id && row.Receiver == receiver
                && row.PayloadId == entry.Rows.Find(row.Transfer)!.PayloadId);
        var taken = consignment.TakenBy(receiver);
        if (delivery is null) night.Fail($"{consignment.Id} was accepted, and nothing is known of its delivery to {receiver}");
        else if (delivery.State is (DeliveryState.Delivered or DeliveryState.Applied) && taken == 1) return;
        else if (delivery.State is (DeliveryState.Cancelled or DeliveryState.Failed) && MayEnd(night, consignment) && taken == 0) return;
        else night.Fail($"{consignment.Id} was accepted; its delivery to {receiver} is {delivery.State}"
            + $" ({delivery.LastErrorCode} {delivery.LastErrorText}), and {receiver} has it {taken} times");
    }

    // What a delivery had prepared before it was cancelled stays inside, where no receiver looks.
    static bool IsOfCancelled(Host host, string path) =>
        Path.GetFileName(Path.GetDirectoryName(path)) == ".linkgw" && host.Rows.Deliveries.Any(delivery =>
            delivery.State == DeliveryState.Cancelled
            && Path.GetFileName(path).StartsWith(delivery.DeliveryId, StringComparison.Ordinal));

    // A file may end undelivered when somebody has asked to cancel it, or another one of its set.
    static bool MayEnd(Night night, Consignment consignment) =>
        consignment.CancelAsked
        || (consignment.Manifest.SetId is not null
            && night.Consignments.Values.Any(other => other.Manifest.SetId is not null && other.CancelAsked));

    // From an inbox a file may be withdrawn after the set was offered; in a folder a set is there as a whole or not at all.
    static void CheckSet(Night night, string receiver)
    {
        var members = night.Consignments.Values.Where(consignment => consignment.Manifest.SetId is not null).ToList();
        var taken = members.Count(member => member.TakenBy(receiver) > 0);
        if (taken > 0 && taken < members.Count && !members.Any(member => member.CancelAsked))
            night.Fail($"{receiver} has {taken} files of a set of {members.Count}");
    }

    static void CheckLeftovers(Night night, Host host)
    {
        foreach (var transfer in host.Rows.Transfers)
        {
            var isThere = host.Disk.Paths.Any(path => path.EndsWith($"{transfer.PayloadId}.bin", StringComparison.Ordinal));
            if (JournalWatch.Claims(transfer) && !isThere)
                night.Fail($"{host.Id}: {transfer.Identity} claims a payload that is not there");
        }

        foreach (var path in host.Disk.Paths)
        {
            if (path.StartsWith("/out/", StringComparison.Ordinal) && !IsOfCancelled(host, path))
                night.Fail($"{host.Id}: {path} was left behind");
        }
    }
}

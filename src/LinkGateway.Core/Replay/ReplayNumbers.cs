using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Replay;

/// <summary>
/// Numbers of copies. A file's copies to one receiver are counted over everything that this gateway knows of it: what it made, what was
/// handed to it, and what receipts told of.
/// </summary>
static class ReplayNumbers
{
    /// <summary>The number of the next copy.</summary>
    public static async ValueTask<int> NextAsync(IJournal journal, DeliveryRecord delivery, CancellationToken cancellationToken) =>
        1 + await LastAsync(journal, delivery.Transfer.Origin, delivery.Transfer.TransferId, delivery.Receiver, cancellationToken);

    /// <summary>
    /// Why no further copy is made of a delivery: it failed, and a later copy was made in its place. Null where one may be.
    /// </summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="next">The number that its next copy would have.</param>
    public static string? WhyNone(DeliveryRecord delivery, int next) =>
        delivery.State == DeliveryState.Failed && next > delivery.Replay + 1 ? $"copy {next - 1} was made since; name that one" : null;

    /// <summary>Whether a copy that another gateway hands on was made here already.</summary>
    public static async ValueTask<bool> IsTakenAsync(IJournal journal, TransferIdentity forwarded, CancellationToken cancellationToken)
    {
        if (forwarded.IsEntry || forwarded.Replay == 0) return false;
        foreach (var transfer in await journal.TransfersAsync(forwarded.Origin, forwarded.TransferId, cancellationToken))
        {
            if (transfer.Identity == forwarded) continue;
            var deliveries = await journal.DeliveriesAsync(transfer.Identity, cancellationToken);
            if (deliveries.Any(item => item.Receiver == forwarded.Receiver && item.Replay == forwarded.Replay)) return true;
        }

        return false;
    }

    static async ValueTask<int> LastAsync(
        IJournal journal, string origin, string transferId, string receiver, CancellationToken cancellationToken)
    {
        var last = 0;
        foreach (var transfer in await journal.TransfersAsync(origin, transferId, cancellationToken))
        {
            if (transfer.Identity.Receiver == receiver) last = Math.Max(last, transfer.Identity.Replay);
            foreach (var delivery in await journal.DeliveriesAsync(transfer.Identity, cancellationToken))
            {
                if (delivery.Receiver == receiver) last = Math.Max(last, delivery.Replay);
            }
        }

        return last;
    }
}

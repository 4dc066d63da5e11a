using LinkGateway.Core.Journal;

namespace LinkGateway.Simulation.Plants;

/// <summary>The planted bug <see cref="Plant.DropFence"/>: a journal that does not compare versions.</summary>
static class Unfenced
{
    /// <summary>Makes every row of the batch build on what the journal holds.</summary>
    public static async ValueTask RebaseAsync(JournalBatch batch, IJournal journal)
    {
        for (var i = 0; i < batch.Transfers.Count; i++)
        {
            var row = batch.Transfers[i];
            var held = (await journal.FindTransferAsync(row.Identity, default))?.Version ?? 0;
            var before = batch.Transfers.Take(i).Count(earlier => earlier.Identity == row.Identity);
            batch.Transfers[i] = row with { Version = held + before + 1 };
        }

        for (var i = 0; i < batch.Deliveries.Count; i++)
        {
            var row = batch.Deliveries[i];
            var held = (await journal.FindDeliveryAsync(row.DeliveryId, default))?.Version ?? 0;
            var before = batch.Deliveries.Take(i).Count(earlier => earlier.DeliveryId == row.DeliveryId);
            batch.Deliveries[i] = row with { Version = held + before + 1 };
        }
    }
}

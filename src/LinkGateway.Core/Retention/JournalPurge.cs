using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>Forgets transfers that are older than the journal is to be, with their receipts.</summary>
sealed class JournalPurge(CoreServices services)
{
    /// <summary>Forgets some.</summary>
    /// <returns>How many; less than <paramref name="limit"/> when these were all.</returns>
    public async ValueTask<int> SweepAsync(int limit, CancellationToken cancellationToken)
    {
        var before = services.Now - services.Configuration.Current.Configuration.Retention.Journal;
        var past = await services.Journal.PastTransfersAsync(before, limit, cancellationToken);
        if (past.Count == 0) return 0;
        var batch = new JournalBatch();
        foreach (var transfer in past) batch.Forgotten.Add(transfer);
        try
        {
            await services.Journal.CommitAsync(batch, cancellationToken);
            return past.Count;
        }
        catch (JournalConflictException)
        {
            // One of them has come to life again: the next sweep does not find it any more.
            return 0;
        }
    }
}

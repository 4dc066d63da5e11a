using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// Removes what lies in the payload store and is no transfer's payload. What the journal knows as gone goes at once. What it has never
/// heard of is left alone for a time: a journal that was restored from a copy does not know what came after the copy was made.
/// </summary>
sealed class SpoolCheck(CoreServices services)
{
    const int BatchSize = 500;

    /// <summary>Looks at all payloads in the store.</summary>
    /// <returns>How many were removed.</returns>
    public async ValueTask<int> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var some in (await services.Payloads.ListAsync(cancellationToken)).Chunk(BatchSize))
        {
            var orphans = await services.Journal.UnknownPayloadsAsync(some, cancellationToken);
            if (orphans.Count > 0) removed += await ClearAsync(orphans, cancellationToken);
        }

        return removed;
    }

    async ValueTask<int> ClearAsync(IReadOnlyList<string> orphans, CancellationToken cancellationToken)
    {
        var (now, removed) = (services.Now, 0);
        var patience = services.Configuration.Current.Configuration.Retention.Strays;
        var strays = await services.Journal.StraysAsync(orphans, cancellationToken);
        var batch = new JournalBatch();
        foreach (var orphan in orphans)
        {
            if (strays.TryGetValue(orphan, out var foundAt) && now - (foundAt ?? now) < patience)
            {
                if (foundAt is null) batch.Strays.Add((orphan, now));
                continue;
            }

            await services.Payloads.DeleteAsync(orphan, cancellationToken);
            if (foundAt is not null) batch.RemovedStrays.Add(orphan);
            removed++;
        }

        if (batch.Strays.Count + batch.RemovedStrays.Count > 0) await services.Journal.CommitAsync(batch, cancellationToken);
        return removed;
    }
}

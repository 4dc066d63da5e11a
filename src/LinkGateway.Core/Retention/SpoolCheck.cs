using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// Removes strays: what lies in the payload store and is no transfer's payload. What the journal knows as gone goes at once. What it has
/// never heard of is left alone for a time: a journal that was restored from a copy does not know what came after the copy was made.
/// </summary>
/// <param name="services">The ports.</param>
/// <param name="isStated">Whether what is removed is to be stated.</param>
sealed class SpoolCheck(CoreServices services, bool isStated)
{
    const int BatchSize = 500;

    /// <summary>Looks at all payloads in the store.</summary>
    /// <param name="isPatient">False: only what the journal knows as gone is removed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many were removed.</returns>
    public async ValueTask<int> RunAsync(bool isPatient, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var some in (await services.Payloads.ListAsync(cancellationToken)).Chunk(BatchSize))
        {
            var strays = await services.Journal.UnknownPayloadsAsync(some, cancellationToken);
            if (strays.Count > 0) removed += await ClearAsync(strays, isPatient, cancellationToken);
        }

        return removed;
    }

    async ValueTask<int> ClearAsync(IReadOnlyList<string> strays, bool isPatient, CancellationToken cancellationToken)
    {
        var (now, removed) = (services.Now, 0);
        var patience = services.Configuration.Current.Configuration.Retention.Strays;
        var unheardOf = await services.Journal.StraysAsync(strays, cancellationToken);
        var batch = new JournalBatch();
        foreach (var stray in strays)
        {
            if (unheardOf.TryGetValue(stray, out var foundAt) && (foundAt is null || !isPatient || now - foundAt < patience))
            {
                if (foundAt is null) batch.Strays.Add((stray, now));
                continue;
            }

            await services.Payloads.DeleteAsync(stray, cancellationToken);
            if (foundAt is not null) batch.RemovedStrays.Add(stray);
            if (isStated) batch.Purged.Add(Entry(stray, now, foundAt, patience));
            removed++;
        }

        if (batch.Strays.Count + batch.RemovedStrays.Count + batch.Purged.Count > 0)
            await services.Journal.CommitAsync(batch, cancellationToken);
        return removed;
    }

    static PurgeEntry Entry(string payloadId, DateTimeOffset at, DateTimeOffset? foundAt, TimeSpan patience)
    {
        var rule = foundAt is null ? "its transfer does not have it any more" : $"{patience:c} after it was found without a transfer";
        return new PurgeEntry(at, "stray", null, payloadId, null, null, rule);
    }
}

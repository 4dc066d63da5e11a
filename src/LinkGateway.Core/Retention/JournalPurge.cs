using System.Globalization;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// Forgets transfers that are older than the journal is to be, with their receipts; where records are kept, they are archived before.
/// </summary>
sealed class JournalPurge(CoreServices services, JournalArchive? archive)
{
    const string NoteName = "archive/at";
    const int OfFile = 1_000;
    const int OfCommit = 50;

    // A file a day where little goes.
    static readonly TimeSpan BetweenFiles = TimeSpan.FromDays(1);

    /// <summary>Forgets some.</summary>
    /// <returns>How many, and whether there may be more to do at once.</returns>
    public async ValueTask<(int Forgotten, bool IsMore)> SweepAsync(CancellationToken cancellationToken)
    {
        var keeping = services.Configuration.Current.Configuration.Retention.Journal;
        var limit = archive is null ? OfCommit : OfFile;
        var past = await FindAsync(services.Now - keeping, limit, cancellationToken);
        if (past.Count == 0 || (archive is not null && past.Count < limit && !await IsDueAsync(cancellationToken))) return (0, false);
        var batch = new JournalBatch();
        var rule = $"{keeping:c} after its last change";
        if (archive is not null)
        {
            var file = await archive.WriteAsync(past, batch, cancellationToken);
            rule = $"{rule}, archived in {file}";
            batch.Notes.Add(new JournalNote(NoteName, services.Now.ToString("O", CultureInfo.InvariantCulture)));
            await services.Journal.CommitAsync(batch, cancellationToken);
        }

        var forgotten = 0;
        foreach (var some in past.Chunk(OfCommit)) forgotten += await ForgetAsync(some, rule, cancellationToken);
        return (forgotten, past.Count == limit && forgotten > 0);
    }

    /// <summary>The oldest that are past; what is frozen is stepped over.</summary>
    async ValueTask<List<TransferRecord>> FindAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        List<TransferRecord> found = [];
        TransferRecord? last = null;
        while (found.Count < limit)
        {
            var page = await services.Journal.PastTransfersAsync(before, last, limit, cancellationToken);
            found.AddRange(page.Where(transfer => Freezes.NameFor(services.Standing, transfer) is null).Take(limit - found.Count));
            if (page.Count < limit) break;
            last = page[^1];
        }

        return found;
    }

    async ValueTask<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        var notes = await services.Journal.NotesAsync(NoteName, cancellationToken);
        if (notes is not [{ Value: { } at }, ..]) return true;
        var since = services.Now - DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        return since >= BetweenFiles || since < TimeSpan.Zero;
    }

    async ValueTask<int> ForgetAsync(TransferRecord[] past, string rule, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        foreach (var transfer in past)
        {
            // A freeze may have been ordered while the archive was written.
            if (Freezes.NameFor(services.Standing, transfer) is not null) continue;
            batch.Forgotten.Add(transfer);
            if (archive is not null)
                batch.Purged.Add(
                    new PurgeEntry(services.Now, "transfer", transfer.Identity, null, transfer.Size, transfer.Sha256, rule));
        }

        try
        {
            await services.Journal.CommitAsync(batch, cancellationToken);
            return batch.Forgotten.Count;
        }
        catch (JournalConflictException)
        {
            // One of them has come to life again: the next sweep does not find it any more.
            return 0;
        }
    }
}

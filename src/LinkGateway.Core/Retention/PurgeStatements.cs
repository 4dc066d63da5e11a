using LinkGateway.Contract.Statements;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// States what was removed, in signed documents. What is removed is entered in the commit that removes it, and stands there until it is
/// stated: nothing goes unrecorded, whenever the gateway ends.
/// </summary>
sealed class PurgeStatements(CoreServices services, StatementBook statements)
{
    const int OfStatement = 1_000;

    static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Writes a statement when there is enough for one, or the oldest has waited for a day.</summary>
    /// <returns>Whether there is more to state at once.</returns>
    public async ValueTask<bool> SweepAsync(CancellationToken cancellationToken)
    {
        var purged = await services.Journal.PurgedAsync(OfStatement, cancellationToken);
        if (purged.Count == 0) return false;
        var waited = services.Now - purged[0].At;

        // A clock that was put back must not silence it.
        if (purged.Count < OfStatement && waited < Longest && waited >= TimeSpan.Zero) return false;
        var batch = new JournalBatch { PurgedStatedTo = purged[^1].Number };
        await statements.WriteAsync(StatementKinds.Purge, [.. purged.Select(Of)], batch, cancellationToken);
        await services.Journal.CommitAsync(batch, cancellationToken);
        return purged.Count == OfStatement;
    }

    static StatementEntry Of(PurgeEntry entry) => new()
    {
        What = entry.What,
        At = entry.At,
        Origin = entry.Transfer?.Origin,
        TransferId = entry.Transfer?.TransferId,
        Receiver = entry.Transfer is { Receiver.Length: > 0 } forward ? forward.Receiver : null,
        Replay = entry.Transfer is { Replay: > 0 } replayed ? replayed.Replay : null,
        Name = entry.Name,
        Size = entry.Size,
        Sha256 = entry.Sha256,
        Rule = entry.Rule,
    };
}

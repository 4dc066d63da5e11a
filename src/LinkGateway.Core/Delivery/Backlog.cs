using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// What waits for a destination that has come back from an outage: each delivery has a pause of its own behind it, of a random length, and
/// would be tried again in any order. It is due at once instead, oldest first; the dispatcher lets it go by and by.
/// </summary>
sealed class Backlog(CoreServices services)
{
    const int PageSize = 500;

    // What was under way when the outage began is the oldest.
    static readonly DeliveryState[] Waits = [DeliveryState.InDoubt, DeliveryState.Waiting];

    static readonly HashSet<string> OfOutages = [ErrorCatalogue.DestinationUnreachable.Code, ErrorCatalogue.StorageTrouble.Code];

    /// <summary>Plans anew what waits for destinations that have come back.</summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        while (services.Health.TryTakeRecovered(out var destinationId))
        {
            foreach (var state in Waits) await TakeUpAsync(destinationId, state, cancellationToken);
        }
    }

    async ValueTask TakeUpAsync(string destinationId, DeliveryState state, CancellationToken cancellationToken)
    {
        (DateTimeOffset, string)? after = null;
        while (true)
        {
            var query = new DeliveryQuery { State = state, Troubled = true, After = after, Limit = PageSize };
            var page = await services.Journal.FindDeliveriesAsync(query, cancellationToken);
            var now = services.Now;
            var paused = page.Where(row => row.DestinationId == destinationId && IsPaused(row));
            await EnterAsync([.. paused.Select(row => Due(row, now))], cancellationToken);
            if (page.Count < PageSize) return;
            after = (page[^1].CreatedAt, page[^1].DeliveryId);
        }
    }

    /// <summary>The row due since it was made: the oldest goes first, before what has come during the outage.</summary>
    static DeliveryRecord Due(DeliveryRecord row, DateTimeOffset now) => row with
    {
        NextAttemptAt = row.CreatedAt < now ? row.CreatedAt : now,
        UpdatedAt = now,
        Version = row.Version + 1,
    };

    async ValueTask EnterAsync(List<DeliveryRecord> planned, CancellationToken cancellationToken)
    {
        if (planned.Count == 0) return;
        var batch = new JournalBatch();
        foreach (var row in planned) batch.Deliveries.Add(row);
        try
        {
            await services.Journal.CommitAsync(batch, cancellationToken);
        }
        catch (JournalConflictException)
        {
            // An operator has decided about one of them just now: the others are entered each for itself.
            if (planned.Count == 1) return;
            foreach (var row in planned) await EnterAsync([row], cancellationToken);
        }
    }

    static bool IsPaused(DeliveryRecord row) =>
        row is { LeaseOwner: null, NextAttemptAt: not null, LastErrorCode: { } code } && OfOutages.Contains(code);
}

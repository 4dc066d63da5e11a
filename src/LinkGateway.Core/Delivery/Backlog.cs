using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// What waits for a destination that has come back from an outage: each delivery has a pause of its own behind it, of a random length, and
/// would be tried again in any order. It is taken up at once instead, oldest first.
/// </summary>
sealed class Backlog(CoreServices services)
{
    const int PageSize = 500;

    // A partner that has just come back is not flooded, and what is due for others comes in between.
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    // What was under way when the outage began is the oldest.
    static readonly DeliveryState[] Waits = [DeliveryState.InDoubt, DeliveryState.Waiting];

    static readonly HashSet<string> OfOutages = [ErrorCatalogue.DestinationUnreachable.Code, ErrorCatalogue.StorageTrouble.Code];

    /// <summary>Plans anew what waits for destinations that have come back.</summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        while (services.Health.TryTakeRecovered(out var destinationId))
        {
            var due = services.Now;
            foreach (var state in Waits) due = await TakeUpAsync(destinationId, state, due, cancellationToken);
        }
    }

    /// <returns>When the next one may be due.</returns>
    async ValueTask<DateTimeOffset> TakeUpAsync(
        string destinationId, DeliveryState state, DateTimeOffset due, CancellationToken cancellationToken)
    {
        (DateTimeOffset, string)? after = null;
        while (true)
        {
            var query = new DeliveryQuery { State = state, Troubled = true, After = after, Limit = PageSize };
            var page = await services.Journal.FindDeliveriesAsync(query, cancellationToken);
            List<DeliveryRecord> planned = [];
            foreach (var row in page.Where(row => row.DestinationId == destinationId && IsPaused(row)))
            {
                // What comes before its place in the row anyway is not put off.
                if (row.NextAttemptAt > services.Now && row.NextAttemptAt < due) continue;
                planned.Add(row with { NextAttemptAt = due, UpdatedAt = services.Now, Version = row.Version + 1 });
                due += Step;
            }

            await EnterAsync(planned, cancellationToken);
            if (page.Count < PageSize) return due;
            after = (page[^1].CreatedAt, page[^1].DeliveryId);
        }
    }

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

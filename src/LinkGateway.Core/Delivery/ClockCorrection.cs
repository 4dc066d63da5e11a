using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Mends what was planned while the clock was ahead: without it, a delivery whose attempt failed then would wait until that time really
/// comes.
/// </summary>
sealed class ClockCorrection(CoreServices services)
{
    const int PageSize = 500;

    // A clock that is kept in step moves back by less.
    static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    static readonly DeliveryState[] Planned =
        [DeliveryState.Waiting, DeliveryState.InDoubt, DeliveryState.HandedOver, DeliveryState.Publishing, DeliveryState.Held];

    DateTimeOffset _lastSeen = DateTimeOffset.MinValue;

    /// <summary>Looks at the clock; when it has been set back since the last look, or at the first, mends what it left.</summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var now = services.Now;
        var isFirst = _lastSeen == DateTimeOffset.MinValue;
        var wasSetBack = _lastSeen > now + Tolerance;
        if (isFirst || wasSetBack)
        {
            foreach (var state in Planned) await MendAsync(state, now, cancellationToken);
        }

        _lastSeen = now;
    }

    async ValueTask MendAsync(DeliveryState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (DateTimeOffset, string)? after = null;
        while (true)
        {
            var query = new DeliveryQuery { State = state, After = after, Limit = PageSize };
            var page = await services.Journal.FindDeliveriesAsync(query, cancellationToken);
            foreach (var row in page.Where(row => IsFromTheFuture(row, now))) await BringForwardAsync(row, now, cancellationToken);
            if (page.Count < PageSize) return;
            after = (page[^1].CreatedAt, page[^1].DeliveryId);
        }
    }

    async ValueTask BringForwardAsync(DeliveryRecord row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        batch.Deliveries.Add(row with { NextAttemptAt = now, UpdatedAt = now, Version = row.Version + 1 });
        try
        {
            await services.Journal.CommitAsync(batch, cancellationToken);
        }
        catch (JournalConflictException)
        {
            // Somebody has decided about it just now, by the right clock.
        }
    }

    static bool IsFromTheFuture(DeliveryRecord row, DateTimeOffset now) =>
        row.UpdatedAt > now + Tolerance && row.NextAttemptAt > now && row.LeaseOwner is null;
}

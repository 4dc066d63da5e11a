using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Dispatch;

/// <summary>One look at what is due: hands out what may begin, in order, as long as workers are free.</summary>
sealed class DispatchRound(Dispatcher dispatcher, IJournal journal, List<DispatchLane> lanes, DateTimeOffset now)
{
    /// <summary>When to look again because of what may not begin yet; null when only a change can help.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>Whether what was read is used up and more may be due.</summary>
    public bool HasMore { get; private set; }

    /// <summary>What begins next; null when nothing can, or no worker is free.</summary>
    public async ValueTask<(DispatchLane Lane, DeliveryRecord Delivery)?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (ordinary, urgent) = dispatcher.Free();
            if (Choose(ordinary, urgent) is not { } lane) return null;
            if (!lane.IsRead)
            {
                // A worker for each is the most that can be used before the next look.
                var limit = Math.Max(urgent, 1);
                lane.Fill(await journal.DueDeliveriesAsync(lane.Lane, now, limit, cancellationToken), limit);
            }

            if (!lane.IsTaken) return (lane, lane.Take());
            lanes.Remove(lane);
            HasMore |= lane.HasMore;
        }
    }

    DispatchLane? Choose(int ordinary, int urgent)
    {
        WakeAt = null;
        if (urgent <= 0) return null;
        DispatchLane? best = null;
        (double Class, int Order, double Origin, DateTimeOffset DueAt) bestKey = default;
        foreach (var lane in lanes)
        {
            if (ordinary <= 0 && !lane.Class.Urgent) continue;
            if (dispatcher.RestOf(lane, now) is { } rest)
            {
                if (rest.Until is { } until && !(WakeAt <= until)) WakeAt = until;
                continue;
            }

            var (ofClass, ofOrigin) = dispatcher.StartOf(lane);
            var key = (ofClass, lane.Class.Order, ofOrigin, lane.DueAt);
            if (best is not null && key.CompareTo(bestKey) >= 0) continue;
            (best, bestKey) = (lane, key);
        }

        return best;
    }
}

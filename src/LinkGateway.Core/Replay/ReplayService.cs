using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Replay;

/// <summary>
/// Carries out orders to replay: delivery after delivery in their turns, at most as many a minute as each order says, so that a receiver
/// that has just come back is not flooded. What is done is in the journal; after a start an order goes on where it stood.
/// </summary>
public sealed class ReplayService(CoreServices services, TransferService transfers, IReplayEvents events)
{
    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    // A process that slept makes up for no more than this.
    static readonly TimeSpan MostArrears = TimeSpan.FromSeconds(1);

    readonly ReplayTurn _turn = new(services, transfers.Registry);
    readonly Dictionary<string, DateTimeOffset> _dueAt = new(StringComparer.Ordinal);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = services.ReplaysChanged.Next;
            TimeSpan pause;
            try
            {
                pause = await StepAsync(cancellationToken);
            }
            catch (StorageException e)
            {
                events.Troubled(e);
                pause = AfterTrouble;
            }

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, services.Scheduler.DelayAsync(pause, enough.Token));
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Gives every order that is due a turn.</summary>
    /// <returns>How long to wait for the next one.</returns>
    async ValueTask<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        var running = await services.Journal.RunningReplaysAsync(cancellationToken);
        foreach (var ended in _dueAt.Keys.Except(running.Select(order => order.OrderId)).ToList()) _dueAt.Remove(ended);
        var pause = LongestSleep;
        foreach (var order in running)
        {
            var dueAt = _dueAt.GetValueOrDefault(order.OrderId, services.Now);
            if (dueAt <= services.Now) dueAt = await TurnAsync(order, dueAt, cancellationToken);
            _dueAt[order.OrderId] = dueAt;
            var wait = dueAt - services.Now;
            if (wait < pause) pause = wait;
        }

        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    /// <returns>When the order's next turn is due.</returns>
    async ValueTask<DateTimeOffset> TurnAsync(ReplayOrderRecord order, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        if (await services.Journal.NextReplayItemAsync(order.OrderId, cancellationToken) is not { } item)
        {
            await EndAsync(order, cancellationToken);
            return services.Now + LongestSleep;
        }

        var done = await _turn.RunAsync(order, item, cancellationToken);
        events.Turned(order, done);

        // Only what is done to a delivery is work for anybody.
        if (done.State is ReplayItemState.Pending or ReplayItemState.Skipped) return services.Now;
        var earliest = services.Now - MostArrears;
        return (dueAt > earliest ? dueAt : earliest) + (TimeSpan.FromMinutes(1) / order.Rate);
    }

    async ValueTask EndAsync(ReplayOrderRecord order, CancellationToken cancellationToken)
    {
        var done = order with
        {
            State = ReplayState.Done,
            EndText = $"done at {services.Now:yyyy-MM-dd'T'HH:mm:sszzz}",
            Version = order.Version + 1,
        };
        var batch = new JournalBatch();
        batch.Replays.Add(done);
        try
        {
            await services.Journal.CommitAsync(batch, cancellationToken);
            events.Ended(done);
        }
        catch (JournalConflictException)
        {
            // Somebody has stopped it in this moment.
        }
    }
}

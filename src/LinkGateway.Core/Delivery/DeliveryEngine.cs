using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Sequences;
using LinkGateway.Core.Sets;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Carries deliveries out: takes what is due under a lease, in the order that the <see cref="Dispatcher"/> says, runs a bounded number at
/// once, tries again with back-off, gives up in the end.
/// </summary>
public sealed class DeliveryEngine
{
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    // When nothing is due and nobody calls, look all the same: a clock may have been set.
    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    // Whatever the reason to look again at once, the loop must not spin.
    static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(5);

    static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    static readonly TimeSpan SetLook = TimeSpan.FromMinutes(10);

    // What belongs to an upload that another has replaced: nothing will ever be done about it.
    static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    readonly CoreServices _services;
    readonly IDeliveryEvents _events;
    readonly Settlement _settlement;
    readonly ClockCorrection _clock;
    readonly Backlog _backlog;
    readonly Ways _ways;
    readonly PutOffs _putOffs;
    readonly DestinationWatch _watch;
    readonly Dispatcher _dispatcher;
    readonly SequenceGate _sequences;
    readonly Carrier _carrier;
    readonly FolderClearing _clearing;
    readonly DeliverySlots _slots = new();
    readonly string _owner;
    ConfigurationSnapshot? _seen;

    /// <summary>Builds the engine.</summary>
    /// <param name="services">The ports.</param>
    /// <param name="transfers">The transfers whose deliveries it carries out.</param>
    /// <param name="files">The file system of folder destinations.</param>
    /// <param name="peers">The gateways behind gateway destinations.</param>
    /// <param name="events">Told of what happens, for logs and metrics.</param>
    /// <param name="messages">Posts stored messages; null where none are posted, and those that are due are held.</param>
    /// <param name="receivers">The receiving systems that files are pushed to; null where there are none.</param>
    public DeliveryEngine(
        CoreServices services, TransferService transfers, IFileSystem files, IPeerFactory peers, IDeliveryEvents events,
        IMessageSender? messages = null, IFileReceivers? receivers = null)
    {
        (_services, _events) = (services, events);
        _clock = new ClockCorrection(services);
        _backlog = new Backlog(services);
        _ways = new Ways(services);
        _putOffs = new PutOffs(services, _ways);
        _watch = new DestinationWatch(services);
        _dispatcher = new Dispatcher(services, _ways);
        _settlement = new Settlement(services, transfers, _ways, events);
        _sequences = new SequenceGate(services);
        var remains = new FolderRemains(files);
        var sets = new SetDelivery(services, transfers, files, remains);
        _clearing = new FolderClearing(services, _slots, remains, sets, events);
        _carrier = new Carrier(services, _ways, _putOffs, _watch, remains, events)
        {
            Inquiry = new Inquiry(services, _ways, _watch, peers, events),
            Withdrawal = new Withdrawal(services, _watch, peers),
            Sets = sets,
            Folder = new FolderDelivery(services, transfers, files, remains),
            Gateway = new GatewayDelivery(services, transfers, peers, events),
            Message = messages is null ? null : new MessageDelivery(services, transfers, messages, _ways, _watch, events),
            Receiver = receivers is null ? null : new ReceiverDelivery(services, transfers, receivers),
        };
        _owner = services.Configuration.Current.Configuration.Gateway.Id;
    }

    /// <summary>
    /// Runs until cancelled; then waits for the attempts that run (they are cancelled too, and continue after the next start).
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A gateway that starts holds no deliveries: what its former self held is free again.
        await _services.Journal.ReleaseLeasesAsync(_owner, cancellationToken);
        _services.Configuration.Changed += LookAgain;
        try
        {
            while (!cancellationToken.IsCancellationRequested) await TurnAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            _services.Configuration.Changed -= LookAgain;
        }

        await _slots.EmptyAsync();
    }

    // Windows and planned stops may be others now.
    void LookAgain(ConfigurationSnapshot next) => _services.DeliveriesChanged.Pulse();

    async Task TurnAsync(CancellationToken cancellationToken)
    {
        Task[] changes = [_services.DeliveriesChanged.Next, _slots.Freed.Next, _services.Standing.Changed.Next];
        var now = _services.Now;
        DateTimeOffset? wakeAt;
        try
        {
            await _clock.LookAsync(cancellationToken);
            await _backlog.LookAsync(cancellationToken);
            await _sequences.LookAsync(cancellationToken);
            await _putOffs.LookAsync(cancellationToken);
            LookAtConfiguration();
            if (IsFull())
            {
                await SleepAsync(changes[1], LongestSleep, cancellationToken);
                return;
            }

            now = _services.Now;
            var round = await _dispatcher.BeginAsync(now, cancellationToken);
            var (moved, missed) = await StartAsync(round, cancellationToken);

            // What waits for its turn keeps no worker: behind it others are due, and some have their turn now.
            if (await _sequences.EnterAsync(cancellationToken) > 0) return;
            var free = _dispatcher.Free().Ordinary;
            if (free > 0) await _clearing.BeginAsync(free, cancellationToken);
            if (moved && round.HasMore) return;
            wakeAt = missed && !(round.WakeAt < now + Breath) ? now + Breath : round.WakeAt;
        }
        catch (StorageException e)
        {
            _events.EngineTroubled(e);
            wakeAt = _services.Now + Breath;
        }

        // While the gateway is busy there is no need to know when the next one is due.
        if (changes.Any(change => change.IsCompleted)) return;
        await SleepAsync(Task.WhenAny(changes), await RestAsync(now, wakeAt, cancellationToken), cancellationToken);
    }

    /// <summary>Whether no delivery of any class could begin.</summary>
    bool IsFull()
    {
        var (ordinary, urgent) = _dispatcher.Free();
        return urgent <= 0 || (ordinary <= 0 && !_services.Configuration.Current.Priorities.HasUrgent);
    }

    void LookAtConfiguration()
    {
        var snapshot = _services.Configuration.Current;
        if (snapshot == _seen) return;
        _watch.Keep(snapshot.Configuration);
        _seen = snapshot;
    }

    /// <summary>Begins what may begin.</summary>
    /// <returns>Whether any of what was due has begun or was put off, and whether any could not be taken up just now.</returns>
    async ValueTask<(bool Moved, bool Missed)> StartAsync(DispatchRound round, CancellationToken cancellationToken)
    {
        var (moved, missed) = (false, false);
        while (await round.NextAsync(cancellationToken) is var (lane, due))
        {
            if (await StartAsync(lane, due, cancellationToken)) moved = true;
            else missed = true;
        }

        return (moved, missed);
    }

    /// <summary>For how long nothing can begin unless something changes.</summary>
    async ValueTask<TimeSpan> RestAsync(DateTimeOffset now, DateTimeOffset? wakeAt, CancellationToken cancellationToken)
    {
        DateTimeOffset? nextDue = null;
        try
        {
            nextDue = await _services.Journal.NextDueAsync(now, cancellationToken);
        }
        catch (StorageException e)
        {
            _events.EngineTroubled(e);
        }

        var until = nextDue < wakeAt ? nextDue : wakeAt ?? nextDue;
        var sleep = until - _services.Now ?? LongestSleep;
        return sleep < ShortestSleep ? ShortestSleep : sleep > LongestSleep ? LongestSleep : sleep;
    }

    async Task SleepAsync(Task woken, TimeSpan sleep, CancellationToken cancellationToken)
    {
        if (woken.IsCompleted) return;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(woken, _services.Scheduler.DelayAsync(sleep, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <returns>Whether it has begun, or was put off.</returns>
    async ValueTask<bool> StartAsync(DispatchLane lane, DeliveryRecord due, CancellationToken cancellationToken)
    {
        // Somebody has decided about a delivery that is still under way here: that attempt ends first.
        if (await _slots.EndAsync(due.DeliveryId)) return false;

        var withdraws = due.Intention == DeliveryIntention.Withdraw;
        var transfer = await _services.Journal.FindTransferAsync(due.Transfer, cancellationToken);
        if (transfer is null || (transfer.PayloadId != due.PayloadId && !withdraws))
            return await PutOffAsync(due, new PutOff(_services.Now + Stale), cancellationToken);
        if (!await _sequences.AdmitsAsync(due, transfer, cancellationToken)) return true;
        var destination = lane.Ways.FirstOrDefault(candidate => candidate.Id == due.DestinationId);
        var attempt = new DeliveryAttempt(_services, due, transfer, destination ?? new Nowhere { Id = due.DestinationId });
        if (attempt.InDoubt && !transfer.Manifest.IsMessage() && attempt.Destination is not (FolderDestination or InboxDestination))
            attempt.Doubts.Add(attempt.Destination.Id);

        // Publishing goes on where it stood, what is handed over or withdrawn is only asked about, and what is held for its set only looks
        // at the others; everything else begins an attempt, by the way that is tried first: nothing is begun in the row's own destination,
        // which may be dead, when another one is gone.
        var begins = lane.Lane.Begins;
        var first = !begins ? attempt.Destination : transfer.Manifest.IsMessage() ? _ways.OfMessage(attempt)[0] : _ways.Of(attempt)[0];
        try
        {
            if (begins && _putOffs.Find(attempt) is { } later)
            {
                using (attempt) return await PutOffs.EnterAsync(attempt, later, cancellationToken);
            }

            if (!begins && SetKept(attempt) is { } kept)
            {
                attempt.Dispose();
                return await PutOffAsync(due, kept, cancellationToken);
            }

            if (PutOffOf(attempt, first, begins) is { } putOff)
            {
                attempt.Dispose();
                return await PutOffAsync(due, putOff, cancellationToken);
            }

            await attempt.WriteAsync(
                row => (begins ? PutOffs.Forget(row) : row) with
                {
                    State = begins ? DeliveryState.Sending : row.State,
                    Attempts = begins || row.State == DeliveryState.Publishing ? row.Attempts + 1 : row.Attempts,
                    // Rows of former programs do not say in which folder they were begun: it is entered before another path is configured.
                    Folder = withdraws ? row.Folder : row.Folder ?? (first as FolderDestination)?.Path,
                    LeaseOwner = _owner,
                    LeaseUntil = _services.Now + Lease,
                },
                $"attempt {due.Attempts + 1}",
                cancellationToken);
        }
        catch (Exception e)
        {
            EndProbes(attempt);
            attempt.Dispose();
            if (e is JournalConflictException) return false;
            throw;
        }

        var ended = _slots.Take(due.DeliveryId, cancellationToken);
        _dispatcher.Begin(lane, due, first, transfer.Size ?? transfer.Manifest.Size, _services.Now);
        _ = _services.Scheduler.Run(() => RunAttemptAsync(attempt, ended, cancellationToken));
        return true;
    }

    /// <summary>
    /// Whether a file that is held for its set may not be looked at now: a complete set would be published outside the hours of its route,
    /// or to a suspended receiver. Not for longer than a while: what keeps it may end at any time.
    /// </summary>
    PutOff? SetKept(DeliveryAttempt attempt)
    {
        if (attempt.Record is not { State: DeliveryState.Held, SetKey: not null, Intention: DeliveryIntention.None }) return null;
        var soon = _services.Now + SetLook;
        var until = _services.Standing.IsSuspended(attempt.Record.Receiver) ? soon : _putOffs.Find(attempt)?.Until;
        return until is { } at ? new PutOff(at < soon ? at : soon) : null;
    }

    /// <summary>
    /// Whether this very delivery may not begin yet, although its lane may. The place for everything that puts off single deliveries: it
    /// costs one write of the journal for each, and counts as no attempt.
    /// </summary>
    /// <param name="attempt">The attempt that would begin.</param>
    /// <param name="first">Where it would go first.</param>
    /// <param name="begins">Whether it would begin to be sent; false where it is finished, asked about, withdrawn or looked at.</param>
    /// <returns>Null where it may.</returns>
    PutOff? PutOffOf(DeliveryAttempt attempt, Destination first, bool begins)
    {
        // A doubt may bind it to another way than that of its lane.
        var now = _services.Now;
        if (_dispatcher.RestOf(first, now) is { } rest) return new PutOff(rest.Until ?? now + Breath);

        // Last: it takes the right to try a destination that is left alone.
        if (!_services.Health.IsOpen(first.Id) || (!begins && _ways.HasAnother(attempt))) return null;
        if (!_services.Health.TryProbe(first.Id, now)) return new PutOff(_services.Health.NextProbe(first.Id) ?? now + Breath);
        attempt.Probes.Add(first.Id);
        return null;
    }

    async ValueTask<bool> PutOffAsync(DeliveryRecord due, PutOff putOff, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        batch.Deliveries.Add(due with
        {
            NextAttemptAt = putOff.Until,
            LastErrorCode = putOff.Code ?? due.LastErrorCode,
            LastErrorText = putOff.Code is null ? due.LastErrorText : putOff.Text,
            UpdatedAt = _services.Now,
            Version = due.Version + 1,
        });
        try
        {
            await _services.Journal.CommitAsync(batch, cancellationToken);
            return true;
        }
        catch (JournalConflictException)
        {
            // Somebody has decided about it just now.
            return false;
        }
    }

    void EndProbes(DeliveryAttempt attempt)
    {
        foreach (var probe in attempt.Probes) _services.Health.ProbeEnded(probe, _services.Now);
    }

    async Task RunAttemptAsync(DeliveryAttempt attempt, CancellationTokenSource ended, CancellationToken stopping)
    {
        var lease = attempt.KeepLeaseAsync(Lease, ended.Cancel, ended.Token);
        try
        {
            var outcome = await _carrier.DeliverAsync(attempt, ended.Token);
            await _settlement.EnterAsync(attempt, outcome, stopping);
        }
        catch (JournalConflictException)
        {
            _events.Overtaken(attempt.Record);
            await GiveBackAsync(attempt, null, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The lease is released at the next start, and the delivery goes on from what is durable.
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            _events.Overtaken(attempt.Record);
        }
        catch (Exception e)
        {
            // Whatever it is, one delivery must not stop the others.
            _events.AttemptCrashed(attempt.Record, e);
            await GiveBackAsync(attempt, e, stopping);
        }
        finally
        {
            await ended.CancelAsync();
            await lease.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            EndProbes(attempt);
            _services.Running.Leave(attempt.Record.DeliveryId);
            attempt.Dispose();
            _slots.Free(attempt.Record.DeliveryId);
        }
    }

    /// <summary>Gives back a delivery that the attempt still holds, so that it is not left to its lease.</summary>
    async ValueTask GiveBackAsync(DeliveryAttempt attempt, Exception? crash, CancellationToken stopping)
    {
        try
        {
            // A conflict over another row leaves this one as it is: it looks again soon.
            if (crash is null) await attempt.WriteAsync(row => DeliveryAttempt.GiveBack(row, _services.Now + Breath), "", stopping);
            else await _settlement.EnterCrashAsync(attempt, crash, stopping);
        }
        catch (Exception e) when (e is JournalConflictException or StorageException or OperationCanceledException)
        {
            // It is somebody else's by now, or its lease runs out.
        }
    }
}

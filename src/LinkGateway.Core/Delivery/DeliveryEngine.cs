using System.Collections.Concurrent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Dispatch;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Sequences;
using LinkGateway.Core.Sets;
using LinkGateway.Core.Timing;
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
    static readonly TimeSpan ClearAgain = TimeSpan.FromMinutes(10);

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
    readonly Inquiry _inquiry;
    readonly Withdrawal _withdrawal;
    readonly FolderRemains _remains;
    readonly FolderDelivery _folder;
    readonly SetDelivery _sets;
    readonly SequenceGate _sequences;
    readonly GatewayDelivery _gateway;
    readonly MessageDelivery? _message;
    readonly ReceiverDelivery? _receiver;
    readonly string _owner;
    readonly AsyncSignal _slotFreed = new();
    readonly ConcurrentDictionary<string, CancellationTokenSource> _attempts = new(StringComparer.Ordinal);

    // What could not be removed, such as from a share that is not mounted, and when it is tried again; and how far was looked.
    readonly ConcurrentDictionary<string, DateTimeOffset> _leftBehind = new(StringComparer.Ordinal);
    string? _clearedTo;

    ConfigurationSnapshot? _seen;
    int _running;

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
        _inquiry = new Inquiry(services, _ways, _watch, peers, events);
        _withdrawal = new Withdrawal(services, _watch, peers);
        _remains = new FolderRemains(files);
        _folder = new FolderDelivery(services, transfers, files, _remains);
        _sequences = new SequenceGate(services);
        _sets = new SetDelivery(services, transfers, files, _remains);
        _gateway = new GatewayDelivery(services, transfers, peers, events);
        if (messages is not null) _message = new MessageDelivery(services, transfers, messages, _ways, _watch, events);
        if (receivers is not null) _receiver = new ReceiverDelivery(services, transfers, receivers);
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

        while (true)
        {
            var freed = _slotFreed.Next;
            if (Volatile.Read(ref _running) == 0) return;
            await freed;
        }
    }

    // Windows and planned stops may be others now.
    void LookAgain(ConfigurationSnapshot next) => _services.DeliveriesChanged.Pulse();

    async Task TurnAsync(CancellationToken cancellationToken)
    {
        Task[] changes = [_services.DeliveriesChanged.Next, _slotFreed.Next, _services.Standing.Changed.Next];
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
            if (free > 0) await ClearAsync(free, cancellationToken);
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
        if (_attempts.TryGetValue(due.DeliveryId, out var former))
        {
            // Somebody has decided about a delivery that is still under way here: that attempt ends first.
            await EndAsync(former);
            return false;
        }

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

        var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _attempts[due.DeliveryId] = ended;
        Interlocked.Increment(ref _running);
        _dispatcher.Begin(lane, due, first, transfer.Size ?? transfer.Manifest.Size, _services.Now);
        _ = _services.Scheduler.Run(() => RunAttemptAsync(attempt, ended, cancellationToken));
        return true;
    }

    /// <summary>
    /// Whether a file that is held for its set may not be looked at now: a complete set would be published outside the hours of its route,
    /// or to a suspended receiver. Not for longer than a while: its set may expire.
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

    /// <summary>Begins to remove what deliveries that have ended left in folders.</summary>
    /// <returns>Of how many.</returns>
    async ValueTask<int> ClearAsync(int most, CancellationToken cancellationToken)
    {
        var begun = 0;
        var page = await _services.Journal.LeftInFoldersAsync(_clearedTo, most, cancellationToken);

        // A page a turn: however many cannot be removed, a turn costs the same.
        _clearedTo = page.Count < most ? null : page[^1].DeliveryId;
        foreach (var over in page)
        {
            // While an attempt still ends, it may write what would be removed here; and no attempt begins while this runs.
            if (_attempts.ContainsKey(over.DeliveryId)) continue;
            if (_leftBehind.TryGetValue(over.DeliveryId, out var notBefore) && notBefore > _services.Now) continue;
            var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _attempts[over.DeliveryId] = ended;
            Interlocked.Increment(ref _running);
            _services.Running.Enter(over.DeliveryId, new RunningDelivery("", Urgent: false, Route: null, DestinationId: ""));
            _ = _services.Scheduler.Run(() => ClearAsync(over, over.Folder!, ended, cancellationToken));
            begun++;
        }

        return begun;
    }

    async Task ClearAsync(DeliveryRecord over, string folder, CancellationTokenSource ended, CancellationToken stopping)
    {
        try
        {
            await _remains.RemoveAsync(folder, over.DeliveryId, ended.Token);
            await _sets.ClearAsync(over, folder, ended.Token);
            var batch = new JournalBatch();
            batch.Deliveries.Add(over with { Folder = null, Version = over.Version + 1 });
            await _services.Journal.CommitAsync(batch, stopping);
            _leftBehind.TryRemove(over.DeliveryId, out _);
        }
        catch (JournalConflictException)
        {
            // Somebody has decided about it, such as an operator who released it: its next attempt knows the folder.
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The same, or the gateway stops.
        }
        catch (Exception e)
        {
            _leftBehind[over.DeliveryId] = _services.Now + ClearAgain;
            _events.AttemptCrashed(over, e);
        }
        finally
        {
            _services.Running.Leave(over.DeliveryId);
            _attempts.TryRemove(over.DeliveryId, out _);
            ended.Dispose();
            Interlocked.Decrement(ref _running);
            _slotFreed.Pulse();
        }
    }

    static async Task EndAsync(CancellationTokenSource attempt)
    {
        try
        {
            await attempt.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    async Task RunAttemptAsync(DeliveryAttempt attempt, CancellationTokenSource ended, CancellationToken stopping)
    {
        var lease = attempt.KeepLeaseAsync(Lease, ended.Cancel, ended.Token);
        try
        {
            var outcome = await DeliverAsync(attempt, ended.Token);
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
            _attempts.TryRemove(attempt.Record.DeliveryId, out _);
            ended.Dispose();
            attempt.Dispose();
            Interlocked.Decrement(ref _running);
            _slotFreed.Pulse();
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

    async ValueTask<DeliveryOutcome> DeliverAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Record.Intention == DeliveryIntention.Withdraw) return await _withdrawal.RunAsync(attempt, cancellationToken);
        if (attempt.Record.State == DeliveryState.HandedOver) return await AskAsync(attempt, cancellationToken);
        if (Outdated(attempt) is { } outdated) return outdated;
        if (attempt.Transfer.Manifest.IsMessage()) return await PostAsync(attempt, cancellationToken);
        if (attempt.Record.State is not (DeliveryState.Publishing or DeliveryState.Held))
            return await CarryByWaysAsync(attempt, cancellationToken);
        var outcome = await CarryAsync(attempt, cancellationToken);
        Report(attempt, attempt.Destination, outcome);
        return outcome;
    }

    async ValueTask<DeliveryOutcome> AskAsync(DeliveryAttempt attempt, CancellationToken cancellationToken) =>
        attempt.Destination is GatewayDestination gateway
            ? await _inquiry.RunAsync(attempt, gateway, cancellationToken)
            : new DeliveryOutcome.StillHandedOver(null, null, []);

    async ValueTask<DeliveryOutcome> PostAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        if (_message is null)
            return new DeliveryOutcome.Held(ErrorCatalogue.DestinationUnreachable.Code, "this gateway posts no messages");
        try
        {
            return await _message.RunAsync(attempt, cancellationToken);
        }
        catch (StorageException e)
        {
            return Troubled(attempt, e);
        }
    }

    /// <summary>Carries it out by the first way that can be gone. A doubt that arises on one narrows those that are left.</summary>
    async ValueTask<DeliveryOutcome> CarryByWaysAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        HashSet<string> tried = new(StringComparer.Ordinal);
        DeliveryOutcome.Missed? missed = null;
        while (_ways.Of(attempt).FirstOrDefault(way => !tried.Contains(way.Id)) is { } way)
        {
            tried.Add(way.Id);
            if (tried.Count > 1 && !_ways.MayTurnTo(attempt, way)) continue;
            await attempt.TurnToAsync(way, cancellationToken);
            if (way is not FolderDestination) await _remains.TurnToAsync(attempt, null, cancellationToken);
            // A part of a file that a destination has taken says that it takes files: nobody need wait for the end of a large one.
            attempt.Arriving = attempt.Probes.Contains(way.Id) ? () => _watch.Answered(way) : null;
            DeliveryOutcome outcome;
            await using (_putOffs.Watch(attempt)) outcome = await MeasureAsync(attempt, cancellationToken);
            if (outcome is DeliveryOutcome.BrokenOff)
            {
                // Another way may not be stopped: then it goes on there at once.
                if (_putOffs.Find(attempt) is { } later) return new DeliveryOutcome.PutOff(later.Until, later.Code!, later.Text!);
                continue;
            }

            if (outcome is DeliveryOutcome.InDoubt doubt)
            {
                attempt.Doubts.Add(way.Id);
                if (doubt.Heard)
                {
                    _watch.Answered(way);
                    return doubt;
                }

                outcome = new DeliveryOutcome.Missed(doubt.Code, doubt.Text, doubt.After);
            }

            Report(attempt, way, outcome);

            // Laid durably in the folder, beside the others of its set.
            if (outcome is DeliveryOutcome.HeldForSet && way is FolderDestination) _watch.Answered(way);
            if (outcome is not DeliveryOutcome.Missed next) return outcome;

            // It goes on elsewhere: the right to try this one is free for others.
            if (attempt.Probes.Remove(way.Id)) _services.Health.ProbeEnded(way.Id, _services.Now);
            missed = next with { After = missed?.After > next.After ? missed.After : next.After ?? missed?.After };
        }

        // It was broken off, and another way has no room just now or its time has come again.
        if (missed is null)
            return new DeliveryOutcome.PutOff(_services.Now + Breath, ErrorCatalogue.PlannedStop.Code, "broken off; it goes on at once");
        return attempt.Doubts.Count > 0
            ? new DeliveryOutcome.InDoubt(missed.Code, missed.Text, missed.After)
            : new DeliveryOutcome.Retry(missed.Code, missed.Text, missed.After);
    }

    /// <summary>Carries it out by its present way, and measures how fast that goes.</summary>
    async ValueTask<DeliveryOutcome> MeasureAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        // What is still coming in goes no faster than it comes, whatever the destination could take.
        if (attempt.Transfer is not { State: TransferState.Accepted, Size: { } size }) return await CarryAsync(attempt, cancellationToken);
        var flight = attempt.Flight = _services.Flow.Begin(attempt.Destination.Id, size, _services.Now);
        var arrived = false;
        try
        {
            var outcome = await CarryAsync(attempt, cancellationToken);
            arrived = outcome is DeliveryOutcome.Delivered or DeliveryOutcome.HandedOver { Earlier: false };
            return outcome;
        }
        finally
        {
            attempt.Flight = null;
            flight.End(arrived, _services.Now);
        }
    }

    void Report(DeliveryAttempt attempt, Destination way, DeliveryOutcome outcome)
    {
        switch (outcome)
        {
            // A journal that cannot be used says nothing of a folder either.
            case DeliveryOutcome.Missed or DeliveryOutcome.Retry when attempt.JournalFailed:
                break;

            // Only a folder has storage that this gateway sees: beside it, it is the gateway's own, and says nothing of the destination.
            case DeliveryOutcome.Missed { Code: var code } when code == ErrorCatalogue.StorageTrouble.Code && way is not FolderDestination:
                break;
            case DeliveryOutcome.Missed missed:
                _watch.Missed(way, missed.Text);
                break;
            case DeliveryOutcome.Retry { Code: var code, Text: var text } when code == ErrorCatalogue.StorageTrouble.Code:
                _watch.Missed(way, text);
                break;

            // Everything else comes without the destination having been asked, or may.
            case DeliveryOutcome.HandedOver or DeliveryOutcome.Delivered or DeliveryOutcome.Rejected or DeliveryOutcome.Idle
                or DeliveryOutcome.Retry:
            case DeliveryOutcome.Failed { Code: var refused } when refused == ErrorCatalogue.DestinationRefused.Code:
            case DeliveryOutcome.Held { Code: var held } when held == ErrorCatalogue.FileExists.Code
                || held == ErrorCatalogue.DestinationRefused.Code:
                _watch.Answered(way);
                break;
        }
    }

    async ValueTask<DeliveryOutcome> CarryAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return attempt.Destination switch
            {
                // What has begun to be published is finished where it began: held and released, it would be published twice.
                not FolderDestination when attempt.Record.State == DeliveryState.Publishing =>
                    new DeliveryOutcome.Retry(ErrorCatalogue.DestinationUnreachable.Code, NotConfigured(attempt.Destination).Text),
                _ when SetDelivery.Gathers(attempt) => await _sets.RunAsync(attempt, cancellationToken),
                FolderDestination folder => await _folder.RunAsync(attempt, folder, cancellationToken),
                GatewayDestination gateway => await _gateway.RunAsync(attempt, gateway, cancellationToken),
                ReceiverDestination receiver when _receiver is not null => await _receiver.RunAsync(attempt, receiver, cancellationToken),
                InboxDestination when attempt.Transfer.State == TransferState.Accepted => new DeliveryOutcome.Offered(),
                InboxDestination => new DeliveryOutcome.Ended(),
                _ => NotConfigured(attempt.Destination),
            };
        }
        catch (StorageException e)
        {
            return Troubled(attempt, e);
        }
    }

    DeliveryOutcome Troubled(DeliveryAttempt attempt, StorageException e)
    {
        attempt.JournalFailed |= e.IsJournal;
        _events.AttemptCrashed(attempt.Record, e);
        var isElsewhere = attempt.Record is { State: DeliveryState.Publishing, Folder: { } begun }
            && attempt.Destination is FolderDestination folder && folder.Path != begun;
        var where = isElsewhere ? ", in the folder that was configured when its publication began" : "";
        var (code, text) = (ErrorCatalogue.StorageTrouble.Code, $"storage: {e.Failure}{where}");

        // What has begun to be published is finished there and nowhere else.
        return attempt.Record.State == DeliveryState.Publishing || attempt.Transfer.Manifest.IsMessage()
            ? new DeliveryOutcome.Retry(code, text)
            : new DeliveryOutcome.Missed(code, text);
    }

    /// <summary>The outcome where nothing is known (any more) that could be delivered to.</summary>
    internal static DeliveryOutcome.Held NotConfigured(Destination destination) => new(
        ErrorCatalogue.DestinationUnreachable.Code, $"destination {destination.Id} is not configured any more");

    // What has begun to be published is finished: the receiver may have seen it. What is in doubt is asked about first.
    DeliveryOutcome.Failed? Outdated(DeliveryAttempt attempt)
    {
        if (attempt.Transfer.Manifest.NotAfter is not { } notAfter || notAfter >= _services.Now) return null;
        if (attempt.Record.State == DeliveryState.Publishing || attempt.Doubts.Count > 0) return null;
        var passed = ErrorCatalogue.NotAfterPassed;
        return new DeliveryOutcome.Failed(passed.Code, passed.Text([attempt.Destination.Id, $"{notAfter:O}"], japanese: false));
    }
}

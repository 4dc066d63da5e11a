using System.Collections.Concurrent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Sets;
using LinkGateway.Core.Timing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Carries deliveries out: takes what is due under a lease, runs a bounded number at once, tries again with back-off, gives up in the end.
/// </summary>
public sealed class DeliveryEngine
{
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    // When nothing is due and nobody calls, look all the same: a clock may have been set.
    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    readonly CoreServices _services;
    readonly IDeliveryEvents _events;
    readonly Settlement _settlement;
    readonly ClockCorrection _clock;
    readonly Backlog _backlog;
    readonly Ways _ways;
    readonly PutOffs _putOffs;
    readonly Inquiry _inquiry;
    readonly Withdrawal _withdrawal;
    readonly FolderRemains _remains;
    readonly FolderDelivery _folder;
    readonly SetDelivery _sets;
    readonly GatewayDelivery _gateway;
    readonly MessageDelivery? _message;
    readonly ReceiverDelivery? _receiver;
    readonly string _owner;
    readonly AsyncSignal _slotFreed = new();
    readonly ConcurrentDictionary<string, CancellationTokenSource> _attempts = new(StringComparer.Ordinal);

    // What could not be removed: tried again after the next start.
    readonly ConcurrentDictionary<string, byte> _leftBehind = new(StringComparer.Ordinal);

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
        _settlement = new Settlement(services, transfers, _ways, events);
        _inquiry = new Inquiry(services, _ways, peers, events);
        _withdrawal = new Withdrawal(services, peers);
        _remains = new FolderRemains(files);
        _folder = new FolderDelivery(services, transfers, files, _remains);
        _sets = new SetDelivery(services, transfers, files, _remains);
        _gateway = new GatewayDelivery(services, transfers, peers, events);
        if (messages is not null) _message = new MessageDelivery(services, transfers, messages, events);
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
        var changed = _services.DeliveriesChanged.Next;
        var freed = _slotFreed.Next;
        var free = _services.Configuration.Current.Configuration.Limits.DeliveryWorkers - Volatile.Read(ref _running);
        var started = 0;
        var putOff = 0;
        try
        {
            await _clock.LookAsync(cancellationToken);
            await _backlog.LookAsync(cancellationToken);
            await _putOffs.LookAsync(cancellationToken);
            if (free > 0)
            {
                foreach (var due in await _services.Journal.DueDeliveriesAsync(_services.Now, free, cancellationToken))
                {
                    var begun = await StartAsync(due, cancellationToken);
                    if (begun == Begun.Started) started++;
                    if (begun == Begun.PutOff) putOff++;
                }

                if (started < free) started += await ClearAsync(free - started, cancellationToken);
            }
        }
        catch (StorageException e)
        {
            _events.EngineTroubled(e);
        }

        // What was put off made room for others that are due.
        if (putOff > 0 || (started > 0 && started == free)) return;
        await SleepAsync(free > 0 ? Task.WhenAny(changed, freed) : freed, cancellationToken);
    }

    async Task SleepAsync(Task woken, CancellationToken cancellationToken)
    {
        // While the gateway is busy there is no need to know when the next one is due.
        if (woken.IsCompleted) return;
        var sleep = LongestSleep;
        if (await NextDueAsync(cancellationToken) is { } due) sleep = Clamp(due - _services.Now);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(woken, _services.Scheduler.DelayAsync(sleep, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    async ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _services.Journal.NextDueAsync(cancellationToken);
        }
        catch (StorageException e)
        {
            _events.EngineTroubled(e);
            return null;
        }
    }

    // Not less than a moment: a delivery that is due but whose slot is not free must not make the loop spin.
    static TimeSpan Clamp(TimeSpan sleep) =>
        sleep < TimeSpan.FromMilliseconds(50) ? TimeSpan.FromMilliseconds(50) : sleep > LongestSleep ? LongestSleep : sleep;

    async ValueTask<Begun> StartAsync(DeliveryRecord due, CancellationToken cancellationToken)
    {
        var snapshot = _services.Configuration.Current;
        if (_attempts.TryGetValue(due.DeliveryId, out var former))
        {
            // Somebody has decided about a delivery that is still under way here: that attempt ends first.
            await EndAsync(former);
            return Begun.Not;
        }

        var withdraws = due.Intention == DeliveryIntention.Withdraw;
        var transfer = await _services.Journal.FindTransferAsync(due.Transfer, cancellationToken);
        if (transfer is null || (transfer.PayloadId != due.PayloadId && !withdraws)) return Begun.Not;
        var destination = snapshot.Configuration.Destinations.FirstOrDefault(candidate => candidate.Id == due.DestinationId);
        var attempt = new DeliveryAttempt(_services, due, transfer, destination ?? new Nowhere { Id = due.DestinationId });
        if (attempt.InDoubt && !transfer.Manifest.IsMessage() && attempt.Destination is not (FolderDestination or InboxDestination))
            attempt.Doubts.Add(attempt.Destination.Id);

        // Publishing goes on where it stood, what is handed over or withdrawn is only asked about, and what is held for its set only looks
        // at the others; everything else begins an attempt.
        var begins = !withdraws && due.State is not (DeliveryState.Publishing or DeliveryState.HandedOver or DeliveryState.Held);
        if (begins && _putOffs.Find(attempt) is { } later)
        {
            using (attempt) return await PutOffs.EnterAsync(attempt, later, cancellationToken) ? Begun.PutOff : Begun.Not;
        }

        try
        {
            // The way that is tried first: nothing is begun in the row's own destination, which may be dead, when another one is gone.
            var first = begins && !transfer.Manifest.IsMessage() ? _ways.Of(attempt)[0] : attempt.Destination;
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
        catch (JournalConflictException)
        {
            attempt.Dispose();
            return Begun.Not;
        }

        var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _attempts[due.DeliveryId] = ended;
        Interlocked.Increment(ref _running);
        _ = _services.Scheduler.Run(() => RunAttemptAsync(attempt, ended, cancellationToken));
        return Begun.Started;
    }

    /// <summary>Begins to remove what deliveries that have ended left in folders.</summary>
    /// <returns>Of how many.</returns>
    async ValueTask<int> ClearAsync(int most, CancellationToken cancellationToken)
    {
        var begun = 0;
        foreach (var over in await _services.Journal.LeftInFoldersAsync(most + _leftBehind.Count, cancellationToken))
        {
            // While an attempt still ends, it may write what would be removed here; and no attempt begins while this runs.
            if (begun == most || _leftBehind.ContainsKey(over.DeliveryId) || _attempts.ContainsKey(over.DeliveryId)) continue;
            var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _attempts[over.DeliveryId] = ended;
            Interlocked.Increment(ref _running);
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
            _leftBehind[over.DeliveryId] = 0;
            _events.AttemptCrashed(over, e);
        }
        finally
        {
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
        return attempt.Record.State is DeliveryState.Publishing or DeliveryState.Held
            ? await CarryAsync(attempt, cancellationToken)
            : await CarryByWaysAsync(attempt, cancellationToken);
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
            await attempt.TurnToAsync(way, cancellationToken);
            if (way is not FolderDestination) await _remains.TurnToAsync(attempt, null, cancellationToken);
            DeliveryOutcome outcome;
            await using (_putOffs.Watch(attempt)) outcome = await MeasureAsync(attempt, cancellationToken);
            if (outcome is DeliveryOutcome.BrokenOff)
            {
                // Another way may not be stopped: then it goes on there at once.
                if (_putOffs.Find(attempt) is { } later) return new DeliveryOutcome.PutOff(later.At, later.Code, later.Text);
                continue;
            }

            if (outcome is DeliveryOutcome.InDoubt doubt)
            {
                attempt.Doubts.Add(way.Id);
                outcome = new DeliveryOutcome.Missed(doubt.Code, doubt.Text, doubt.After);
            }

            if (outcome is not DeliveryOutcome.Missed next)
            {
                _services.Health.Answered(way.Id, _services.Now);
                return outcome;
            }

            _services.Health.Missed(way.Id, _services.Now);
            missed = next with { After = missed?.After > next.After ? missed.After : next.After ?? missed?.After };
        }

        // Its time came back while it was broken off.
        if (missed is null)
            return new DeliveryOutcome.PutOff(_services.Now + Breath, ErrorCatalogue.WindowClosed.Code, "broken off, and its time came again");
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

    /// <summary>What came of a delivery that was due.</summary>
    enum Begun
    {
        /// <summary>Nothing: somebody else has it, or has decided about it.</summary>
        Not,

        /// <summary>It runs.</summary>
        Started,

        /// <summary>It waits for another time.</summary>
        PutOff,
    }
}

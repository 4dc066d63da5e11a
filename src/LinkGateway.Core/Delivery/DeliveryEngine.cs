using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
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

    readonly CoreServices _services;
    readonly IDeliveryEvents _events;
    readonly Settlement _settlement;
    readonly FolderDelivery _folder;
    readonly GatewayDelivery _gateway;
    readonly MessageDelivery? _message;
    readonly string _owner;
    readonly AsyncSignal _slotFreed = new();
    int _running;

    /// <summary>Builds the engine.</summary>
    /// <param name="services">The ports.</param>
    /// <param name="transfers">The transfers whose deliveries it carries out.</param>
    /// <param name="files">The file system of folder destinations.</param>
    /// <param name="peers">The gateways behind gateway destinations.</param>
    /// <param name="events">Told of what happens, for logs and metrics.</param>
    /// <param name="messages">Posts stored messages; null where none are posted, and those that are due are held.</param>
    public DeliveryEngine(
        CoreServices services, TransferService transfers, IFileSystem files, IPeerFactory peers, IDeliveryEvents events,
        IMessageSender? messages = null)
    {
        (_services, _events) = (services, events);
        _settlement = new Settlement(services, transfers, events);
        _folder = new FolderDelivery(services, transfers, files);
        _gateway = new GatewayDelivery(services, transfers, peers, events);
        if (messages is not null) _message = new MessageDelivery(services, transfers, messages, events);
        _owner = services.Configuration.Current.Configuration.Gateway.Id;
    }

    /// <summary>
    /// Runs until cancelled; then waits for the attempts that run (they are cancelled too, and continue after the next start).
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A gateway that starts holds no deliveries: what its former self held is free again.
        await _services.Journal.ReleaseLeasesAsync(_owner, cancellationToken);
        try
        {
            while (!cancellationToken.IsCancellationRequested) await TurnAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }

        while (true)
        {
            var freed = _slotFreed.Next;
            if (Volatile.Read(ref _running) == 0) return;
            await freed;
        }
    }

    async Task TurnAsync(CancellationToken cancellationToken)
    {
        var changed = _services.DeliveriesChanged.Next;
        var freed = _slotFreed.Next;
        var free = _services.Configuration.Current.Configuration.Limits.DeliveryWorkers - Volatile.Read(ref _running);
        var started = 0;
        try
        {
            if (free > 0)
            {
                foreach (var due in await _services.Journal.DueDeliveriesAsync(_services.Now, free, cancellationToken))
                {
                    if (await StartAsync(due, cancellationToken)) started++;
                }
            }
        }
        catch (StorageException e)
        {
            _events.EngineTroubled(e);
        }

        if (started > 0 && started == free) return;
        await SleepAsync(free > 0 ? Task.WhenAny(changed, freed) : freed, cancellationToken);
    }

    async Task SleepAsync(Task woken, CancellationToken cancellationToken)
    {
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

    async ValueTask<bool> StartAsync(DeliveryRecord due, CancellationToken cancellationToken)
    {
        var snapshot = _services.Configuration.Current;
        var transfer = await _services.Journal.FindTransferAsync(due.Transfer, cancellationToken);
        if (transfer is null || transfer.PayloadId != due.PayloadId) return false;
        var destination = snapshot.Configuration.Destinations.FirstOrDefault(candidate => candidate.Id == due.DestinationId);
        var attempt = new DeliveryAttempt(_services, due, transfer, destination ?? new Nowhere { Id = due.DestinationId });
        try
        {
            await attempt.WriteAsync(
                row => row with
                {
                    // Publishing goes on where it stood; everything else begins an attempt.
                    State = row.State == DeliveryState.Publishing ? row.State : DeliveryState.Sending,
                    Attempts = row.Attempts + 1,
                    LeaseOwner = _owner,
                    LeaseUntil = _services.Now + Lease,
                },
                $"attempt {due.Attempts + 1}",
                cancellationToken);
        }
        catch (JournalConflictException)
        {
            attempt.Dispose();
            return false;
        }

        Interlocked.Increment(ref _running);
        _ = _services.Scheduler.Run(() => RunAttemptAsync(attempt, cancellationToken));
        return true;
    }

    async Task RunAttemptAsync(DeliveryAttempt attempt, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var lease = attempt.KeepLeaseAsync(Lease, ended.Token);
        try
        {
            var outcome = await DeliverAsync(attempt, ended.Token);
            await _settlement.EnterAsync(attempt, outcome, stopping);
        }
        catch (JournalConflictException)
        {
            _events.Overtaken(attempt.Record);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The lease is released at the next start, and the delivery goes on from what is durable.
        }
        catch (Exception e)
        {
            // Whatever it is, one delivery must not stop the others; its lease runs out and it is tried again.
            _events.AttemptCrashed(attempt.Record, e);
        }
        finally
        {
            await ended.CancelAsync();
            await lease.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            attempt.Dispose();
            Interlocked.Decrement(ref _running);
            _slotFreed.Pulse();
        }
    }

    async ValueTask<DeliveryOutcome> DeliverAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        if (Outdated(attempt) is { } outdated) return outdated;
        try
        {
            if (attempt.Transfer.Manifest.IsMessage() && _message is not null) return await _message.RunAsync(attempt, cancellationToken);
            return attempt.Destination switch
            {
                _ when attempt.Transfer.Manifest.IsMessage() => new DeliveryOutcome.Held(
                    ErrorCatalogue.DestinationUnreachable.Code, "this gateway posts no messages"),
                FolderDestination folder => await _folder.RunAsync(attempt, folder, cancellationToken),
                GatewayDestination gateway => await _gateway.RunAsync(attempt, gateway, cancellationToken),
                InboxDestination when attempt.Transfer.State == TransferState.Accepted => new DeliveryOutcome.Offered(),
                InboxDestination => new DeliveryOutcome.Ended(),
                _ => NotConfigured(attempt.Destination),
            };
        }
        catch (StorageException e)
        {
            _events.AttemptCrashed(attempt.Record, e);
            return new DeliveryOutcome.Retry(ErrorCatalogue.StorageTrouble.Code, $"storage: {e.Failure}");
        }
    }

    /// <summary>The outcome where nothing is known (any more) that could be delivered to.</summary>
    internal static DeliveryOutcome.Held NotConfigured(Destination destination) => new(
        ErrorCatalogue.DestinationUnreachable.Code, $"destination {destination.Id} is not configured any more");

    // What has begun to be published is finished: the receiver may have seen it.
    DeliveryOutcome.Failed? Outdated(DeliveryAttempt attempt)
    {
        if (attempt.Transfer.Manifest.NotAfter is not { } notAfter || notAfter >= _services.Now) return null;
        if (attempt.Record.State == DeliveryState.Publishing) return null;
        var passed = ErrorCatalogue.NotAfterPassed;
        return new DeliveryOutcome.Failed(passed.Code, passed.Text([attempt.Destination.Id, $"{notAfter:O}"], japanese: false));
    }

    /// <summary>Stands for a destination that the configuration no longer names.</summary>
    sealed record Nowhere : Destination;
}

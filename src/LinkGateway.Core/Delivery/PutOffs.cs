using LinkGateway.Contract.States;
using LinkGateway.Core.Calendars;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Puts deliveries off while their route's window is closed or all their ways are stopped as planned, and breaks off what is under way
/// where its time is over. Neither counts as an attempt.
/// </summary>
sealed class PutOffs(CoreServices services, Ways ways)
{
    const int PageSize = 500;

    static readonly DeliveryState[] MayBePutOff = [DeliveryState.Waiting, DeliveryState.InDoubt];

    ConfigurationSnapshot? _looked;

    /// <summary>Until when a delivery that is to begin must wait; null when it may begin.</summary>
    public PutOff? Find(DeliveryAttempt attempt)
    {
        var (snapshot, manifest, now) = (services.Configuration.Current, attempt.Transfer.Manifest, services.Now);

        // What lies in an inbox waits for its receiver, and what nobody wants any more ends, whatever the time.
        if (attempt.Record.OfferedAt is not null || manifest.NotAfter < now) return null;
        var route = TransferRoutes.Of(snapshot, manifest, attempt.Record.Receiver, attempt.Destination);
        var open = manifest.IsMessage() ? ways.OfMessage(attempt) : ways.Of(attempt);
        if (StartTimes.EarliestStart(route, open, snapshot.Calendars, now) is not { } later) return null;
        return manifest.NotAfter < later.Until ? later with { Until = manifest.NotAfter.Value.AddTicks(1) } : later;
    }

    /// <summary>The row that no longer says why it was put off: its time has come.</summary>
    public static DeliveryRecord Forget(DeliveryRecord row) => row.LastErrorCode is { } code && StartTimes.Reasons.Contains(code)
        ? row with { LastErrorCode = null, LastErrorText = null }
        : row;

    /// <summary>Puts a delivery off.</summary>
    /// <returns>Whether it is; otherwise somebody else has decided about it.</returns>
    public static async ValueTask<bool> EnterAsync(DeliveryAttempt attempt, PutOff later, CancellationToken cancellationToken)
    {
        try
        {
            // The doubt of a message is its state alone: one that was being posted when the gateway stopped may have arrived.
            var isInDoubt = attempt.Doubts.Count > 0 || (attempt.InDoubt && attempt.Transfer.Manifest.IsMessage());
            await attempt.WriteAsync(row => Enter(row, isInDoubt, later), later.Code!, cancellationToken);
            return true;
        }
        catch (JournalConflictException)
        {
            return false;
        }
    }

    /// <summary>
    /// After a start, and after a change of the configuration, looks at everything that was put off: it may begin at another time now.
    /// </summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var snapshot = services.Configuration.Current;
        if (_looked == snapshot) return;
        foreach (var state in MayBePutOff) await LookAsync(state, cancellationToken);
        _looked = snapshot;
    }

    /// <summary>Watches the time of the attempt by its present way (<see cref="DeliveryAttempt.TimeUp"/>).</summary>
    /// <returns>What ends the watch; null where nothing ends the attempt.</returns>
    public AttemptTime? Watch(DeliveryAttempt attempt)
    {
        var time = EndsAt(attempt) is null ? null : new AttemptTime(services, () => EndsAt(attempt));
        attempt.TimeUp = time?.Up ?? CancellationToken.None;
        return time;
    }

    DateTimeOffset? EndsAt(DeliveryAttempt attempt)
    {
        var snapshot = services.Configuration.Current;
        var route = TransferRoutes.Of(snapshot, attempt.Transfer.Manifest, attempt.Record.Receiver, attempt.Destination);
        return StartTimes.EndsAt(route, attempt.Destination, snapshot.Calendars, services.Now);
    }

    async ValueTask LookAsync(DeliveryState state, CancellationToken cancellationToken)
    {
        (DateTimeOffset, string)? after = null;
        while (true)
        {
            var query = new DeliveryQuery { State = state, Troubled = true, After = after, Limit = PageSize };
            var page = await services.Journal.FindDeliveriesAsync(query, cancellationToken);
            foreach (var row in page.Where(row => StartTimes.Reasons.Contains(row.LastErrorCode!) && row.LeaseOwner is null))
                await LookAsync(row, cancellationToken);
            if (page.Count < PageSize) return;
            after = (page[^1].CreatedAt, page[^1].DeliveryId);
        }
    }

    async ValueTask LookAsync(DeliveryRecord row, CancellationToken cancellationToken)
    {
        if (await services.Journal.FindTransferAsync(row.Transfer, cancellationToken) is not { } transfer) return;
        var configured = services.Configuration.Current.Configuration.Destinations.FirstOrDefault(item => item.Id == row.DestinationId);
        using var attempt = new DeliveryAttempt(services, row, transfer, configured ?? new Nowhere { Id = row.DestinationId });
        var later = Find(attempt);
        if (later?.Until == row.NextAttemptAt && later?.Text == row.LastErrorText) return;
        later ??= new PutOff(services.Now, row.LastErrorCode!, row.LastErrorText ?? "");
        await EnterAsync(attempt, later, cancellationToken);
    }

    static DeliveryRecord Enter(DeliveryRecord row, bool isInDoubt, PutOff later)
    {
        var state = row.State != DeliveryState.Sending ? row.State : isInDoubt ? DeliveryState.InDoubt : DeliveryState.Waiting;
        return DeliveryAttempt.Release(row, state, later.Until, later.Code, later.Text);
    }
}

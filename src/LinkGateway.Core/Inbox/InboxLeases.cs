using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Inbox;

/// <summary>
/// Who has a delivery while it is fetched. A lease is a token in the delivery's row: it is renewed by activity, may be taken by anybody
/// once its time is over, and whoever states a former token is fenced off, so that of several that fetch only one can confirm.
/// </summary>
sealed class InboxLeases(CoreServices services, InboxAccess inboxes)
{
    static readonly TimeSpan DefaultLease = new InboxDestination { Id = "" }.Lease;

    /// <summary>Takes the delivery, or goes on with it under the lease stated.</summary>
    /// <param name="caller">Who fetches.</param>
    /// <param name="deliveryId">The delivery.</param>
    /// <param name="lease">The lease stated; null asks for one.</param>
    /// <param name="check">What else is wrong with the request, before a lease is taken for it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<Outcome<InboxEntry>> TakeAsync(
        string caller, string deliveryId, string? lease, Func<TransferRecord, Refusal?> check, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await inboxes.FindAsync(caller, deliveryId, cancellationToken);
            if (!found.Succeeded) return found.Refusal;
            var (row, transfer) = found.Value;
            if (check(transfer) is { } wrong) return wrong;

            // A fetch that runs comes to its end.
            if (lease is null && services.Standing.IsSuspended(row.Receiver))
                return new Refusal(ErrorCatalogue.ParticipantSuspended, row.Receiver);
            var decided = lease is null ? Grant(caller, row, transfer) : GoOn(caller, row, lease);
            if (!decided.Succeeded) return decided.Refusal;
            if (decided.Value == row || await TryWriteAsync(row, decided.Value, $"fetched by {caller}", cancellationToken))
                return new InboxEntry(decided.Value, transfer);
        }
    }

    /// <summary>Renews a lease whose bytes are on their way.</summary>
    /// <returns>When it is due again; null when it was lost.</returns>
    public async ValueTask<DateTimeOffset?> RenewAsync(string deliveryId, string lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await services.Journal.FindDeliveryAsync(deliveryId, cancellationToken) is not { State: DeliveryState.Sending } row
                || row.LeaseToken != lease)
                return null;
            var renewed = row with { LeaseUntil = services.Now + LengthOf(row) };
            if (await TryWriteAsync(row, renewed, "", cancellationToken)) return RenewalOf(renewed);
        }
    }

    /// <summary>Holds a delivery whose bytes here are damaged: they are not handed out again until somebody has looked.</summary>
    public async ValueTask HoldAsync(string deliveryId, int chunk, CancellationToken cancellationToken)
    {
        var damaged = ErrorCatalogue.PayloadDamaged;
        while (await services.Journal.FindDeliveryAsync(deliveryId, cancellationToken)
            is { State: DeliveryState.Waiting or DeliveryState.Sending } row)
        {
            var held = DeliveryAttempt.Release(row, DeliveryState.Held, null, damaged.Code, damaged.Text([$"{chunk}"], japanese: false));
            if (await TryWriteAsync(row, held, damaged.Code, cancellationToken)) return;
        }
    }

    /// <summary>When a lease is due to be renewed: not with every call, which would cost a flush, but while two thirds are left.</summary>
    public DateTimeOffset RenewalOf(DeliveryRecord row) => (row.LeaseUntil ?? services.Now) - (LengthOf(row) * 2 / 3);

    Outcome<DeliveryRecord> Grant(string caller, DeliveryRecord row, TransferRecord transfer)
    {
        if (!IsOffered(row)) return WrongState(row);
        if (row is { State: DeliveryState.Sending, LeaseOwner: not null } && row.LeaseUntil > services.Now)
        {
            return new Refusal(ErrorCatalogue.DeliveryLeased, row.DeliveryId, $"{row.LeaseUntil:O}")
            {
                RetryAfter = row.LeaseUntil - services.Now,
            };
        }

        if (transfer.Manifest.NotAfter < services.Now)
            return new Refusal(ErrorCatalogue.NotAfterPassed, row.DestinationId, $"{transfer.Manifest.NotAfter:O}");
        return Leased(caller, row) with { LeaseToken = services.Random.NextId(), Attempts = row.Attempts + 1 };
    }

    Outcome<DeliveryRecord> GoOn(string caller, DeliveryRecord row, string lease)
    {
        if (row.LeaseToken != lease) return new Refusal(ErrorCatalogue.LeaseLost, row.DeliveryId);
        if (!IsOffered(row)) return WrongState(row);
        return row.State == DeliveryState.Sending && row.LeaseOwner == caller && services.Now < RenewalOf(row) ? row : Leased(caller, row);
    }

    DeliveryRecord Leased(string caller, DeliveryRecord row) => row with
    {
        State = DeliveryState.Sending,
        LeaseOwner = caller,
        LeaseUntil = services.Now + LengthOf(row),
    };

    async ValueTask<bool> TryWriteAsync(DeliveryRecord before, DeliveryRecord after, string detail, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        after = after with { UpdatedAt = services.Now, Version = before.Version + 1 };
        if (after.State != before.State) batch.Move(before.State, after, detail);
        else batch.Deliveries.Add(after);
        if (after.State == before.State && after.LeaseToken != before.LeaseToken)
        {
            batch.Events.Add(new JournalEvent(
                after.UpdatedAt, after.Transfer, after.DeliveryId, $"{before.State}", $"{after.State}",
                $"{detail}, the lease before ran out"));
        }

        try
        {
            await services.Journal.CommitAsync(batch, cancellationToken);
            return true;
        }
        catch (JournalConflictException)
        {
            return false;
        }
    }

    TimeSpan LengthOf(DeliveryRecord row) =>
        services.Configuration.Current.Configuration.Destinations.OfType<InboxDestination>()
            .FirstOrDefault(candidate => candidate.Id == row.DestinationId)?.Lease ?? DefaultLease;

    static bool IsOffered(DeliveryRecord row) =>
        row is { OfferedAt: not null, State: DeliveryState.Waiting or DeliveryState.Sending };

    static Refusal WrongState(DeliveryRecord row) => new(ErrorCatalogue.WrongDeliveryState, row.DeliveryId, $"{row.State}", "a fetch");
}

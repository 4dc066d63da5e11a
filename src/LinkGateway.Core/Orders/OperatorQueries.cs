using System.Globalization;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Calendars;
using LinkGateway.Core.Deadlines;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Retention;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Orders;

/// <summary>What operators look at. An operator sees everything; nothing of a payload is shown. Thread-safe.</summary>
public sealed class OperatorQueries(CoreServices services)
{
    const int DefaultLimit = 50;
    const int MaxLimit = 500;

    // What needs somebody comes first.
    static readonly DeliveryState[] NeedSomebody = [DeliveryState.InDoubt, DeliveryState.Held, DeliveryState.Failed];

    // These go on by themselves, and need somebody when they cannot.
    static readonly DeliveryState[] MayBeStuck = [DeliveryState.Publishing, DeliveryState.HandedOver, DeliveryState.Sending];
    static readonly string StateNames = string.Join(", ", Enum.GetNames<DeliveryState>());

    /// <summary>How many deliveries there are, by state.</summary>
    public ValueTask<Outcome<IReadOnlyDictionary<string, long>>> CountAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var counts = await services.Journal.CountDeliveriesAsync(cancellationToken);
        return (Outcome<IReadOnlyDictionary<string, long>>)counts
            .OrderBy(count => count.Key).ToDictionary(count => $"{count.Key}", count => count.Value);
    });

    /// <summary>What waits, when it will be delivered as it looks now, and by when it must be.</summary>
    public ValueTask<Outcome<ForecastReport>> ForecastAsync(CancellationToken cancellationToken) =>
        GuardAsync<ForecastReport>(async () => await new Forecasts(services).ReadAsync(cancellationToken));

    /// <summary>The files that must come today, and which have.</summary>
    public ValueTask<Outcome<ExpectedList>> ExpectedAsync(CancellationToken cancellationToken) =>
        GuardAsync<ExpectedList>(async () => await new ExpectedFiles(services).ReadAsync(cancellationToken));

    /// <summary>What goes first, what waits, and for whom.</summary>
    public ValueTask<Outcome<DispatchStatus>> DispatchAsync(CancellationToken cancellationToken) => GuardAsync<DispatchStatus>(async () =>
    {
        var (snapshot, mode) = (services.Configuration.Current, services.Standing.Mode);
        var classes = snapshot.Priorities.In(mode);
        var waiting = (await services.Journal.WaitingAsync(cancellationToken))
            .GroupBy(load => classes.Of(Ways.Of(load.Lane, snapshot).Route?.Class).Name)
            .ToDictionary(loads => loads.Key, loads => loads.Sum(load => load.Waiting), StringComparer.Ordinal);
        return new DispatchStatus
        {
            Mode = $"{mode}".ToLowerInvariant(),
            Classes = [.. classes.All.Select(item => OperatorViews.Of(
                item, waiting.GetValueOrDefault(item.Name), services.Running.OfClass(item.Name)))],
            Destinations = [.. services.Health.Outages().Select(OperatorViews.Of)],
        };
    });

    /// <summary>Deliveries, a page at a time.</summary>
    /// <param name="states">
    /// Their states by name; empty means those that need somebody: InDoubt, Failed, Held but for files that only wait for their set, and
    /// whatever goes on by itself but has met an error; not what waits for a window or the end of a planned stop, here or further on.
    /// </param>
    /// <param name="receiver">Only to this receiver.</param>
    /// <param name="origin">Only of this origin.</param>
    /// <param name="limit">At most so many; 1 to 500, by default 50.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<Outcome<DeliveryPage>> DeliveriesAsync(
        IReadOnlyList<string> states, string? receiver, string? origin, int? limit, string? cursor, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            var wanted = new List<DeliveryState>();
            foreach (var name in states)
            {
                if (!TryParse(name, out var state))
                    return new Refusal(ErrorCatalogue.FieldInvalid, "state", $"it is one of {StateNames}");
                wanted.Add(state);
            }

            DeliveryCursor? after = null;
            if (cursor is not null && !DeliveryCursor.TryParse(cursor, out after))
                return new Refusal(ErrorCatalogue.FieldInvalid, "cursor", "it is none of this gateway's");
            DeliveryState[] ordered = wanted.Count == 0
                ? [.. NeedSomebody, .. MayBeStuck]
                : [.. NeedSomebody.Intersect(wanted), .. wanted.Except(NeedSomebody).Order()];
            var pattern = new DeliveryQuery
            {
                State = default,
                Receiver = receiver,
                Origin = origin,
                Limit = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit),
            };
            return await PageAsync(ordered, pattern, needed: wanted.Count == 0, after, cancellationToken);
        });

    /// <summary>All that is known of a delivery.</summary>
    public ValueTask<Outcome<DeliveryDetails>> DeliveryAsync(string deliveryId, CancellationToken cancellationToken) =>
        GuardAsync<DeliveryDetails>(async () =>
        {
            if (await services.Journal.FindDeliveryAsync(deliveryId, cancellationToken) is not { } delivery
                || await services.Journal.FindTransferAsync(delivery.Transfer, cancellationToken) is not { } transfer)
                return new Refusal(ErrorCatalogue.NoSuchDelivery, deliveryId);
            var events = await services.Journal.EventsAsync(delivery.Transfer, cancellationToken);
            var receipts = await services.Journal.ReceiptsAsync(delivery.Transfer, cancellationToken);
            var orders = await services.Journal.OrdersOfAsync(deliveryId, cancellationToken);
            return new DeliveryDetails
            {
                Delivery = OperatorViews.Of(delivery, transfer, services.Configuration.Current),
                Transfer = await ViewAsync(transfer, events, cancellationToken),
                Events = [.. events.Where(entry => IsOf(entry.DeliveryId)).Select(OperatorViews.Of)],
                Receipts = [.. receipts.Where(receipt => IsOf(receipt.DeliveryId)).Select(OperatorViews.Of)],
                Orders = [.. orders.Select(OperatorViews.Of)],
                Possible = OrderRules.Possible(delivery, transfer, services.Configuration.Current.Configuration),
            };

            bool IsOf(string? id) => id is null || id == deliveryId;
        });

    /// <summary>The transfers of one origin and id, with their deliveries.</summary>
    public ValueTask<Outcome<TransferDetails>> TransfersAsync(string? origin, string? transferId, CancellationToken cancellationToken) =>
        GuardAsync<TransferDetails>(async () =>
        {
            if (string.IsNullOrEmpty(origin)) return new Refusal(ErrorCatalogue.FieldMissing, "origin");
            if (string.IsNullOrEmpty(transferId)) return new Refusal(ErrorCatalogue.FieldMissing, "transferId");
            var transfers = await services.Journal.TransfersAsync(origin, transferId, cancellationToken);
            if (transfers.Count == 0) return new Refusal(ErrorCatalogue.TransferUnknown, origin, transferId);
            var summaries = new List<TransferSummary>();
            var deliveries = new List<DeliverySummary>();
            foreach (var transfer in transfers)
            {
                var events = await services.Journal.EventsAsync(transfer.Identity, cancellationToken);
                summaries.Add(await ViewAsync(transfer, events, cancellationToken));
                var rows = await services.Journal.DeliveriesAsync(transfer.Identity, cancellationToken);
                deliveries.AddRange(rows.Select(row => OperatorViews.Of(row, transfer, services.Configuration.Current)));
            }

            return new TransferDetails { Transfers = summaries, Deliveries = deliveries };
        });

    /// <summary>Orders, newest first, a page at a time.</summary>
    public ValueTask<Outcome<OrderPage>> OrdersAsync(int? limit, string? cursor, CancellationToken cancellationToken) =>
        GuardAsync<OrderPage>(async () =>
        {
            long? before = null;
            if (cursor is not null)
            {
                if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    return new Refusal(ErrorCatalogue.FieldInvalid, "cursor", "it is none of this gateway's");
                before = number;
            }

            var size = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
            var orders = await services.Journal.OrdersAsync(before, size, cancellationToken);
            return new OrderPage
            {
                Orders = [.. orders.Select(OperatorViews.Of)],
                Cursor = orders.Count == size ? orders[^1].Number.ToString(CultureInfo.InvariantCulture) : null,
            };
        });

    async ValueTask<TransferSummary> ViewAsync(
        TransferRecord transfer, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken)
    {
        if (transfer.PayloadDueAt is null) return OperatorViews.Of(transfer, null);
        var deliveries = await services.Journal.DeliveriesAsync(transfer.Identity, cancellationToken);
        return OperatorViews.Of(transfer, RetentionRules.Of(transfer, deliveries, events, services.Configuration.Current));
    }

    // By name alone: the parser of enumerations takes numbers too.
    static bool TryParse(string name, out DeliveryState state) =>
        Enum.TryParse(name, ignoreCase: true, out state) && name.Equals($"{state}", StringComparison.OrdinalIgnoreCase);

    async ValueTask<Outcome<DeliveryPage>> PageAsync(
        IReadOnlyList<DeliveryState> states, DeliveryQuery pattern, bool needed, DeliveryCursor? after, CancellationToken cancellationToken)
    {
        var rows = new List<DeliveryRecord>();
        foreach (var state in states.SkipWhile(state => after is not null && state != after.State))
        {
            if (rows.Count == pattern.Limit) break;
            var query = pattern with
            {
                State = state,
                AtRest = needed && state == DeliveryState.Held,
                Troubled = needed && MayBeStuck.Contains(state),
                ExceptCodes = needed && MayBeStuck.Contains(state) ? [.. StartTimes.Reasons] : [],
                After = after?.State == state ? (after.CreatedAt, after.DeliveryId) : null,
                Limit = pattern.Limit - rows.Count,
            };
            rows.AddRange(await services.Journal.FindDeliveriesAsync(query, cancellationToken));
        }

        var snapshot = services.Configuration.Current;
        var summaries = new List<DeliverySummary>();
        foreach (var row in rows)
            summaries.Add(OperatorViews.Of(row, await services.Journal.FindTransferAsync(row.Transfer, cancellationToken), snapshot));
        return new DeliveryPage
        {
            Deliveries = summaries,
            Cursor = rows.Count == pattern.Limit ? DeliveryCursor.After(rows[^1]).ToString() : null,
        };
    }

    static async ValueTask<Outcome<T>> GuardAsync<T>(Func<ValueTask<Outcome<T>>> query)
    {
        try
        {
            return await query();
        }
        catch (StorageException e)
        {
            return new Refusal(ErrorCatalogue.StorageTrouble) { Cause = e };
        }
    }
}

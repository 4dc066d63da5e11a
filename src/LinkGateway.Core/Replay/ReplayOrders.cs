using System.Globalization;
using System.Text.Json;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Replay;

/// <summary>
/// Takes orders to replay (再送): answers the plan, or enters the order, which <see cref="ReplayService"/> carries out. Who, when and why
/// are in the journal before anything happens.
/// </summary>
/// <remarks>Whether the caller is an operator has been judged before. Thread-safe.</remarks>
public sealed class ReplayOrders(CoreServices services)
{
    /// <summary>Most deliveries of one order.</summary>
    public const int MaxDeliveries = 50_000;

    /// <summary>Deliveries a minute where the order says nothing.</summary>
    public const int DefaultRate = 600;

    const int MaxRate = 60_000;
    const int MaxOrderId = 64;
    const int DefaultLimit = 100;
    const int MaxLimit = 500;

    static readonly string Replayable = string.Join(", ", ReplayRules.Replayable);

    /// <summary>Answers what the order would do, or enters it.</summary>
    /// <param name="operator">Id of the participant of kind operator.</param>
    /// <param name="request">The order.</param>
    /// <param name="cancellationToken">Gives up; the order may have been entered.</param>
    public ValueTask<Outcome<ReplayAnswer>> GiveAsync(string @operator, ReplayRequest request, CancellationToken cancellationToken) =>
        GuardAsync<ReplayAnswer>(async () =>
        {
            var reason = OrderReason.Check(request.Reason);
            if (!reason.Succeeded) return reason.Refusal;
            request = request with { Reason = reason.Value };
            var states = CheckStates(request.States);
            if (!states.Succeeded) return states.Refusal;
            if (Check(request) is { } wrong) return wrong;
            if (request.ForReal && await RepeatAsync(@operator, request, cancellationToken) is { } given) return given;
            if (TooWide(request, states.Value) is { } tooWide) return tooWide;
            var wanted = request is { Deliveries.Count: 0, States.Count: 0 } ? [DeliveryState.Failed, DeliveryState.Held] : states.Value;
            var found = await new ReplaySelection(services, request, wanted).FindAsync(MaxDeliveries, cancellationToken);
            if (!found.Succeeded) return found.Refusal;
            return request.ForReal
                ? await EnterAsync(@operator, request, found.Value, cancellationToken)
                : Answer(found.Value, null);
        });

    /// <summary>Stops an order that runs: deliveries whose turn has not come stay as they are.</summary>
    public ValueTask<Outcome<ReplaySummary>> StopAsync(
        string @operator, string orderId, ReplayStop stop, CancellationToken cancellationToken) => GuardAsync<ReplaySummary>(async () =>
        {
            var reason = OrderReason.Check(stop.Reason);
            if (!reason.Succeeded) return reason.Refusal;
            while (true)
            {
                if (await services.Journal.FindReplayAsync(orderId, cancellationToken) is not { } order)
                    return new Refusal(ErrorCatalogue.NoSuchReplay, orderId);
                if (order.State != ReplayState.Running) return new Refusal(ErrorCatalogue.ReplayEnded, orderId, $"{order.State}");
                var stopped = order with
                {
                    State = ReplayState.Stopped,
                    EndText = $"stopped by {@operator} at {services.Now:yyyy-MM-dd'T'HH:mm:sszzz}: {reason.Value}",
                    Version = order.Version + 1,
                };
                var batch = new JournalBatch();
                batch.Replays.Add(stopped);
                try
                {
                    await services.Journal.CommitAsync(batch, cancellationToken);
                    services.ReplaysChanged.Pulse();
                    return await SummaryAsync(stopped, cancellationToken);
                }
                catch (JournalConflictException)
                {
                    // It has come to its end, or somebody else has stopped it: look again.
                }
            }
        });

    /// <summary>Orders, newest first.</summary>
    public ValueTask<Outcome<ReplayPage>> ListAsync(int? limit, CancellationToken cancellationToken) => GuardAsync<ReplayPage>(async () =>
    {
        var orders = await services.Journal.ReplaysAsync(Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit), cancellationToken);
        return new ReplayPage { Replays = await SummariesAsync(orders, cancellationToken) };
    });

    /// <summary>Orders that run, oldest first.</summary>
    public ValueTask<Outcome<ReplayPage>> RunningAsync(CancellationToken cancellationToken) => GuardAsync<ReplayPage>(async () =>
    {
        var orders = await services.Journal.RunningReplaysAsync(cancellationToken);
        return new ReplayPage { Replays = await SummariesAsync(orders, cancellationToken) };
    });

    /// <summary>An order with its deliveries, a page at a time.</summary>
    public ValueTask<Outcome<ReplayDetails>> ShowAsync(string orderId, int? limit, string? cursor, CancellationToken cancellationToken) =>
        GuardAsync<ReplayDetails>(async () =>
        {
            var after = 0;
            if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
                return new Refusal(ErrorCatalogue.FieldInvalid, "cursor", "it is none of this gateway's");
            if (await services.Journal.FindReplayAsync(orderId, cancellationToken) is not { } order)
                return new Refusal(ErrorCatalogue.NoSuchReplay, orderId);
            var size = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
            var items = await services.Journal.ReplayItemsAsync(orderId, after, size, cancellationToken);
            return new ReplayDetails
            {
                Order = await SummaryAsync(order, cancellationToken),
                Entries = await EntriesAsync(order, items, cancellationToken),
                Cursor = items.Count == size ? items[^1].Place.ToString(CultureInfo.InvariantCulture) : null,
            };
        });

    async ValueTask<Outcome<ReplayAnswer>> EnterAsync(
        string @operator, ReplayRequest request, IReadOnlyList<PlannedReplay> planned, CancellationToken cancellationToken)
    {
        var order = new ReplayOrderRecord
        {
            OrderId = request.OrderId!,
            At = services.Now,
            Operator = @operator,
            Reason = request.Reason!,
            Request = TextOf(request),
            To = request.To,
            Rate = request.Rate ?? DefaultRate,
            State = ReplayState.Running,
        };
        var batch = new JournalBatch();
        batch.Replays.Add(order);
        foreach (var (place, item) in planned.Index())
        {
            batch.ReplayItems.Add(new ReplayItemRecord
            {
                OrderId = order.OrderId,
                Place = place + 1,
                DeliveryId = item.Entry.DeliveryId,
                State = ReplayItemState.Pending,
                SetReplay = item.SetReplay,
                Text = item.Entry.Action == ReplayAction.Copy ? ReplayItemRecord.ToCopy : null,
            });
        }

        try
        {
            await services.Journal.CommitAsync(batch, cancellationToken);
        }
        catch (JournalConflictException)
        {
            // The same id was used a moment ago.
            return (await RepeatAsync(@operator, request, cancellationToken))!.Value;
        }

        services.ReplaysChanged.Pulse();
        return Answer(planned, await SummaryAsync(order, cancellationToken));
    }

    /// <summary>The answer where an order of this id was given already; null where none was.</summary>
    async ValueTask<Outcome<ReplayAnswer>?> RepeatAsync(string @operator, ReplayRequest request, CancellationToken cancellationToken)
    {
        if (await services.Journal.FindReplayAsync(request.OrderId!, cancellationToken) is not { } order) return null;
        if (order.Operator != @operator || order.Request != TextOf(request))
            return new Refusal(ErrorCatalogue.ReplayOrderTaken, order.OrderId, order.Operator, $"{order.At:yyyy-MM-dd'T'HH:mm:sszzz}");
        var summary = await SummaryAsync(order, cancellationToken);
        var items = await services.Journal.ReplayItemsAsync(order.OrderId, 0, DefaultLimit, cancellationToken);
        return new ReplayAnswer
        {
            DryRun = false,
            Order = summary,
            Continues = summary.Continued,
            Copies = summary.Copied,
            Skips = summary.Skipped,
            Bytes = 0,
            Entries = await EntriesAsync(order, items, cancellationToken),
        };
    }

    async ValueTask<IReadOnlyList<ReplayEntry>> EntriesAsync(
        ReplayOrderRecord order, IReadOnlyList<ReplayItemRecord> items, CancellationToken cancellationToken)
    {
        List<ReplayEntry> entries = [];
        foreach (var item in items)
        {
            if (await services.Journal.FindDeliveryAsync(item.DeliveryId, cancellationToken) is not { } delivery) continue;
            var transfer = await services.Journal.FindTransferAsync(delivery.Transfer, cancellationToken);
            var verdict = ReplayRules.JudgeTurn(item, delivery, transfer, order.To, services.Configuration.Current, services.Now);
            var by = item.CarriedOutBy is { } id ? await services.Journal.FindDeliveryAsync(id, cancellationToken) : null;
            entries.Add(item.State == ReplayItemState.Pending
                ? ReplayViews.Of(delivery, transfer, verdict, item.SetReplay)
                : ReplayViews.Of(item, delivery, transfer, verdict, by));
        }

        return entries;
    }

    async ValueTask<IReadOnlyList<ReplaySummary>> SummariesAsync(
        IReadOnlyList<ReplayOrderRecord> orders, CancellationToken cancellationToken)
    {
        List<ReplaySummary> summaries = [];
        foreach (var order in orders) summaries.Add(await SummaryAsync(order, cancellationToken));
        return summaries;
    }

    async ValueTask<ReplaySummary> SummaryAsync(ReplayOrderRecord order, CancellationToken cancellationToken) =>
        ReplayViews.Of(order, await services.Journal.ReplayProgressAsync(order.OrderId, cancellationToken), services.Now);

    static ReplayAnswer Answer(IReadOnlyList<PlannedReplay> planned, ReplaySummary? order) => new()
    {
        DryRun = order is null,
        Order = order,
        Continues = planned.Count(item => item.Entry.Action == ReplayAction.Continue),
        Copies = planned.Count(item => item.Entry.Action == ReplayAction.Copy),
        Skips = planned.Count(item => item.Entry.Action == ReplayAction.Skip),
        Bytes = planned.Where(item => item.Entry.Action != ReplayAction.Skip).Sum(item => item.Entry.Size ?? 0),
        Entries = [.. planned.Take(DefaultLimit).Select(item => item.Entry)],
    };

    Refusal? Check(ReplayRequest request)
    {
        if (request.ForReal && request.OrderId is null) return new Refusal(ErrorCatalogue.FieldMissing, "orderId");
        if (request.OrderId is { } id && !IsOrderId(id))
        {
            return new Refusal(
                ErrorCatalogue.FieldInvalid, "orderId", $"1 to {MaxOrderId} letters, digits, dots, hyphens and underscores are allowed");
        }

        if (request.Rate is < 1 or > MaxRate) return new Refusal(ErrorCatalogue.FieldInvalid, "rate", $"it is from 1 to {MaxRate}");
        if (request.From >= request.Until) return new Refusal(ErrorCatalogue.FieldInvalid, "until", "it is not after from");
        return request.To is null || services.Configuration.Current.Configuration.Destinations.Any(item => item.Id == request.To)
            ? null
            : new Refusal(ErrorCatalogue.FieldInvalid, "to", "no destination of that id is configured");
    }

    /// <summary>A misplaced order over everything is refused: what was delivered is looked through only within a span of time.</summary>
    static Refusal? TooWide(ReplayRequest request, IReadOnlyList<DeliveryState> states)
    {
        if (request.Deliveries.Count > 0) return null;
        if (states.Any(ReplayRules.Reached.Contains))
            return request.From is null ? new Refusal(ErrorCatalogue.ReplayTooWide, "all that was ever delivered", "from") : null;
        return request is { Origin: null, Interface: null, Receiver: null, Destination: null, Code: null, From: null }
            ? new Refusal(
                ErrorCatalogue.ReplayTooWide, "everything that failed or is held",
                "origin, interface, receiver, destination, code, from")
            : null;
    }

    static Outcome<IReadOnlyList<DeliveryState>> CheckStates(IReadOnlyList<string> names)
    {
        List<DeliveryState> states = [];
        foreach (var name in names)
        {
            // By name alone: the parser of enumerations takes numbers too.
            if (!Enum.TryParse<DeliveryState>(name, ignoreCase: true, out var state)
                || !name.Equals($"{state}", StringComparison.OrdinalIgnoreCase) || !ReplayRules.Replayable.Contains(state))
                return new Refusal(ErrorCatalogue.FieldInvalid, "states", $"each is one of {Replayable}");
            states.Add(state);
        }

        return states;
    }

    static bool IsOrderId(string id) =>
        id.Length is > 0 and <= MaxOrderId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    // Whether it is for real says nothing of what is ordered.
    static string TextOf(ReplayRequest request) =>
        JsonSerializer.Serialize(request with { ForReal = false }, OperatorJson.Default.ReplayRequest);

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

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Replay;

/// <summary>Finds what an order to replay takes in, and judges each delivery.</summary>
/// <remarks>
/// Of the deliveries of one file to one receiver only the newest that matches counts: the order is about the file, however often it was
/// replayed before. A file of a set that reached its receiver brings the whole set, because a receiver gets sets whole (DESIGN section 5).
/// </remarks>
sealed class ReplaySelection(CoreServices services, ReplayRequest request, IReadOnlyList<DeliveryState> states)
{
    const int PageSize = 500;

    readonly Dictionary<(string Origin, string TransferId, string Receiver), PlannedReplay> _planned = [];
    readonly HashSet<string> _sets = new(StringComparer.Ordinal);

    /// <summary>What the order takes in, in the order of their turns: by class, the oldest first.</summary>
    /// <param name="most">More than so many are refused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Outcome<IReadOnlyList<PlannedReplay>>> FindAsync(int most, CancellationToken cancellationToken)
    {
        if (request.Deliveries.Count > most) return TooLarge(most);
        foreach (var id in request.Deliveries.Distinct(StringComparer.Ordinal))
        {
            if (await services.Journal.FindDeliveryAsync(id, cancellationToken) is not { } delivery)
                return new Refusal(ErrorCatalogue.NoSuchDelivery, id);
            await TakeAsync(delivery, cancellationToken);
        }

        if (request.Deliveries.Count == 0)
        {
            foreach (var state in states)
            {
                if (!await ScanAsync(state, most, cancellationToken)) return TooLarge(most);
            }
        }

        return _planned.Count > most
            ? TooLarge(most)
            : _planned.Values
                .OrderBy(item => item.ClassOrder).ThenBy(item => item.CreatedAt)
                .ThenBy(item => item.Entry.DeliveryId, StringComparer.Ordinal).ToList();
    }

    async ValueTask<bool> ScanAsync(DeliveryState state, int most, CancellationToken cancellationToken)
    {
        // Just before, so that nothing depends on the offset in which the instant is stated.
        (DateTimeOffset, string)? after = request.From is { UtcTicks: > 0 } from ? (from.AddTicks(-1), "") : null;
        while (true)
        {
            var query = new DeliveryQuery
            {
                State = state,
                Receiver = request.Receiver,
                Origin = request.Origin,
                After = after,
                Limit = PageSize,
            };
            var page = await services.Journal.FindDeliveriesAsync(query, cancellationToken);
            foreach (var delivery in page.Where(delivery => request.Until is null || delivery.CreatedAt < request.Until))
                await TakeAsync(delivery, cancellationToken);
            if (_planned.Count > most) return false;
            if (page.Count < PageSize || page[^1].CreatedAt >= request.Until) return true;
            after = (page[^1].CreatedAt, page[^1].DeliveryId);
        }
    }

    async ValueTask TakeAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        if (!Matches(delivery)) return;
        var transfer = await services.Journal.FindTransferAsync(delivery.Transfer, cancellationToken);
        if (request.Interface is { } wanted && transfer?.Manifest.InterfaceId != wanted) return;
        var (verdict, replay) = await JudgeAsync(delivery, transfer, cancellationToken);
        if (verdict.Action == ReplayAction.Copy && delivery.SetKey is { } set)
        {
            if (_sets.Add(set)) await TakeSetAsync(delivery, set, cancellationToken);
            return;
        }

        Plan(delivery, Planned(ReplayViews.Of(delivery, transfer, verdict, replay), delivery, setReplay: null));
    }

    async ValueTask TakeSetAsync(DeliveryRecord one, string set, CancellationToken cancellationToken)
    {
        var members = new List<(DeliveryRecord Delivery, TransferRecord? Transfer, ReplayVerdict Verdict)>();
        var next = 0;
        foreach (var member in await services.Journal.SetDeliveriesAsync(set, cancellationToken))
        {
            if (member.State == DeliveryState.Cancelled) continue;
            var transfer = await services.Journal.FindTransferAsync(member.Transfer, cancellationToken);
            var (verdict, number) = await JudgeAsync(member, transfer, cancellationToken);
            members.Add((member, transfer, verdict));
            next = Math.Max(next, number ?? 0);
        }

        var why = WhyNotWhole(one, members);
        foreach (var (member, transfer, verdict) in members)
        {
            var judged = why is null ? verdict : verdict with { Action = ReplayAction.Skip, DestinationId = null, Text = why };
            int? replay = why is null ? next : null;
            Plan(member, Planned(ReplayViews.Of(member, transfer, judged, replay), member, replay));
        }
    }

    static string? WhyNotWhole(
        DeliveryRecord one, List<(DeliveryRecord Delivery, TransferRecord? Transfer, ReplayVerdict Verdict)> members)
    {
        var manifest = members.First(member => member.Delivery.DeliveryId == one.DeliveryId).Transfer!.Manifest;
        var set = $"it belongs to the set {manifest.SetId}, which is replayed whole";
        if (members.Count != manifest.SetCount) return $"{set}, and only {members.Count} of its {manifest.SetCount} files are known here";
        return members.FirstOrDefault(member => member.Verdict.Action != ReplayAction.Copy) is { Delivery: { } other } obstacle
            ? $"{set}, and {other.Transfer.TransferId} is {other.State}: {obstacle.Verdict.Text}".TrimEnd(' ', ':')
            : null;
    }

    PlannedReplay Planned(ReplayEntry entry, DeliveryRecord delivery, int? setReplay)
    {
        var snapshot = services.Configuration.Current;
        var route = snapshot.Routes.Resolve(delivery.Transfer.Origin, delivery.InterfaceId, delivery.Receiver);
        var order = snapshot.Priorities.In(services.Standing.Mode).Of(route?.Class).Order;
        return new PlannedReplay(entry, order, delivery.CreatedAt, setReplay);
    }

    void Plan(DeliveryRecord delivery, PlannedReplay planned)
    {
        var file = (delivery.Transfer.Origin, delivery.Transfer.TransferId, delivery.Receiver);
        if (!_planned.TryGetValue(file, out var other) || other.CreatedAt < delivery.CreatedAt) _planned[file] = planned;
    }

    bool Matches(DeliveryRecord delivery) =>
        (states.Count == 0 || states.Contains(delivery.State))
            && (request.Origin is null || delivery.Transfer.Origin == request.Origin)
            && (request.Receiver is null || delivery.Receiver == request.Receiver)
            && (request.Destination is null || delivery.DestinationId == request.Destination)
            && (request.Code is null || delivery.LastErrorCode == request.Code)
            && (request.From is null || delivery.CreatedAt >= request.From)
            && (request.Until is null || delivery.CreatedAt < request.Until);

    /// <summary>What is done about a delivery, and the number under which it then arrives; null where nothing is.</summary>
    async ValueTask<(ReplayVerdict Verdict, int? Replay)> JudgeAsync(
        DeliveryRecord delivery, TransferRecord? transfer, CancellationToken cancellationToken)
    {
        var verdict = ReplayRules.Judge(delivery, transfer, request.To, services.Configuration.Current, services.Now);
        if (verdict.Action != ReplayAction.Copy) return (verdict, verdict.Action == ReplayAction.Continue ? delivery.Replay : null);
        var next = await ReplayNumbers.NextAsync(services.Journal, delivery, cancellationToken);
        return ReplayNumbers.WhyNone(delivery, next) is { } obstacle
            ? (verdict with { Action = ReplayAction.Skip, DestinationId = null, Text = obstacle }, null)
            : (verdict, next);
    }

    static Refusal TooLarge(int most) => new(ErrorCatalogue.ReplayTooLarge, $"{most}");
}

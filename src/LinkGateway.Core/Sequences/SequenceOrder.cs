using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Sequences;

/// <summary>What comes before what in a sequence, by the journal's rows. Each answer is a few look-ups, however many wait.</summary>
sealed class SequenceOrder(CoreServices services)
{
    // Files under the same number are mistakes, and few.
    const int SameNumber = 16;

    // Files overtake each other on their way; what has not come after this time may not come at all.
    static readonly TimeSpan LongWait = TimeSpan.FromMinutes(10);

    /// <summary>Whether the delivery is held for its turn.</summary>
    public static bool IsWaiting(DeliveryRecord row) =>
        row is { SequenceKey: not null, State: DeliveryState.Held } && row.LastErrorCode == ErrorCatalogue.OrderWaits.Code;

    /// <summary>Whether the delivery is held because its place is past.</summary>
    public static bool IsPast(DeliveryRecord row) =>
        row is { SequenceKey: not null, State: DeliveryState.Held } && row.LastErrorCode == ErrorCatalogue.OrderPast.Code;

    /// <summary>Why a delivery does not go; null when it does.</summary>
    /// <param name="row">The delivery.</param>
    /// <param name="transfer">Its transfer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<SequenceObstacle?> ObstacleAsync(
        DeliveryRecord row, TransferRecord transfer, CancellationToken cancellationToken)
    {
        if (row is not { SequenceKey: { } key, SequencePlace: { } place, SequencePass: SequencePass.None })
            return new((SequenceObstacle?)null);

        // What the configuration orders no more, or otherwise, is free.
        var manifest = transfer.Manifest;
        var order = services.Configuration.Current.Routes.Resolve(manifest.Origin, manifest.InterfaceId, row.Receiver)?.Order;
        if (order != SequenceKeys.OrderOf(key)) return new((SequenceObstacle?)null);
        return order == RouteOrder.Group
            ? ByNumberAsync(row, key, SequenceKeys.NumberOf(place), cancellationToken)
            : ByPlaceAsync(row, key, cancellationToken);
    }

    /// <summary>
    /// The deliveries of a sequence about which something may be decided now: the next to go, those that share its number, and those that
    /// still wait under the number of the last one done.
    /// </summary>
    public async ValueTask<IReadOnlyList<DeliveryRecord>> HeadAsync(string key, CancellationToken cancellationToken)
    {
        if (SequenceKeys.OrderOf(key) != RouteOrder.Group)
            return await services.Journal.OpenInSequenceAsync(key, null, 1, cancellationToken);
        var done = (await services.Journal.LastDoneInSequenceAsync(key, cancellationToken))?.SequencePlace;
        IReadOnlyList<DeliveryRecord> past =
            done is null ? [] : await services.Journal.OpenInSequenceAsync(key, done, SameNumber, cancellationToken);
        var next = await NextAsync(key, SameNumber, cancellationToken);
        return
        [
            .. past.TakeWhile(row => row.SequencePlace == done).Where(IsWaiting),
            .. next.TakeWhile(row => row.SequencePlace == next[0].SequencePlace),
        ];
    }

    /// <summary>What somebody should see to for the sake of a sequence; null when all goes on by itself.</summary>
    public async ValueTask<string?> BlockAsync(string key, CancellationToken cancellationToken)
    {
        switch (await NextAsync(key, 2, cancellationToken))
        {
            case [{ State: DeliveryState.Failed or DeliveryState.Cancelled or DeliveryState.Held, NextAttemptAt: null } first, var second]
                when IsWaiting(second):
                return $"{first.Transfer.TransferId} is {first.State}, and what comes after it waits: see to delivery {first.DeliveryId}, "
                    + "or let it be passed";
            case [var first, ..] when IsWaiting(first) && services.Now - first.CreatedAt > LongWait
                && await services.Journal.FindTransferAsync(first.Transfer, cancellationToken) is { } transfer
                && await ObstacleAsync(first, transfer, cancellationToken) is { Delivery: null } gap:
                return $"{first.Transfer.TransferId} (delivery {first.DeliveryId}) waits for {gap.What}";
            default:
                return null;
        }
    }

    async ValueTask<IReadOnlyList<DeliveryRecord>> NextAsync(string key, int limit, CancellationToken cancellationToken)
    {
        var done = SequenceKeys.OrderOf(key) == RouteOrder.Group
            ? await services.Journal.LastDoneInSequenceAsync(key, cancellationToken)
            : null;
        var from = done is null ? null : SequenceKeys.PlaceOf(SequenceKeys.NumberOf(done.SequencePlace!) + 1);
        return await services.Journal.OpenInSequenceAsync(key, from, limit, cancellationToken);
    }

    async ValueTask<SequenceObstacle?> ByPlaceAsync(DeliveryRecord row, string key, CancellationToken cancellationToken)
    {
        var open = await services.Journal.OpenInSequenceAsync(key, null, 1, cancellationToken);
        return open is [var first] && string.CompareOrdinal(first.SequencePlace, row.SequencePlace) < 0
            ? SequenceObstacle.WaitsFor(first)
            : null;
    }

    async ValueTask<SequenceObstacle?> ByNumberAsync(DeliveryRecord row, string key, long number, CancellationToken cancellationToken)
    {
        var done = await services.Journal.LastDoneInSequenceAsync(key, cancellationToken);
        var last = done is null ? 0 : SequenceKeys.NumberOf(done.SequencePlace!);
        if (last >= number) return SequenceObstacle.PastBy(done!);

        // The files of a set go together, and the last of them may be done first.
        if (done is { SetKey: { } set } && await RestOfSetAsync(set, key, cancellationToken) is { } rest)
            return SequenceObstacle.WaitsFor(rest);
        for (var before = last + 1; before < number; before++)
        {
            var place = SequenceKeys.PlaceOf(before);
            var open = await services.Journal.OpenInSequenceAsync(key, place, 1, cancellationToken);
            if (open is [var other] && other.SequencePlace == place) return SequenceObstacle.WaitsFor(other);
            if (!await services.Journal.IsSkippedInSequenceAsync(key, place, cancellationToken)) return SequenceObstacle.WaitsFor(before);
        }

        // Another file under the same number: the first that came has it, unless it has come to nothing.
        var same = await services.Journal.OpenInSequenceAsync(key, row.SequencePlace, SameNumber, cancellationToken);
        var holder = same.TakeWhile(other => other.SequencePlace == row.SequencePlace)
            .FirstOrDefault(other => other.State is not (DeliveryState.Failed or DeliveryState.Cancelled));
        return holder is null || holder.DeliveryId == row.DeliveryId ? null : SequenceObstacle.WaitsFor(holder);
    }

    async ValueTask<DeliveryRecord?> RestOfSetAsync(string setKey, string key, CancellationToken cancellationToken)
    {
        var members = await services.Journal.SetDeliveriesAsync(setKey, cancellationToken);
        return members.FirstOrDefault(member => member.SequenceKey == key && member.SequencePass != SequencePass.Skipped
            && !IsDone(member) && !IsReplaced(member, members));
    }

    // Of two files under one number, one may have been cancelled so that the set could go with the other.
    static bool IsReplaced(DeliveryRecord member, IReadOnlyList<DeliveryRecord> members) =>
        member.State is DeliveryState.Failed or DeliveryState.Cancelled && members.Any(
            other => other.SequenceKey == member.SequenceKey && other.SequencePlace == member.SequencePlace && IsDone(other));

    static bool IsDone(DeliveryRecord row) =>
        row.State is DeliveryState.Delivered or DeliveryState.Applied or DeliveryState.ReceiverRejected;
}

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Sequences;

/// <summary>
/// Keeps deliveries in their order at the gateway that makes them: what came before its turn is Held, and taken up when its predecessor is
/// done. Everything is decided by the journal's rows, each time anew, so it holds over crashes.
/// </summary>
/// <remarks>
/// <para>Done is what the receiver was given: Delivered, Applied, ReceiverRejected. What failed, was cancelled or is held by somebody holds
/// its successors until it is done after all, or an operator lets them pass.</para>
/// <para>One caller at a time (the engine's loop): what is judged and what is woken do not overtake each other.</para>
/// </remarks>
sealed class SequenceGate(CoreServices services)
{
    // Whoever waits is woken; this only finds what nobody has told of, such as a change of the configuration.
    static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);
    static readonly TimeSpan LookThrough = TimeSpan.FromMinutes(1);

    readonly SequenceOrder _order = new(services);
    readonly List<(DeliveryRecord Before, DeliveryRecord After)> _moves = [];
    DateTimeOffset? _lookedThrough;
    HashSet<string> _blocked = [];

    /// <summary>Whether a delivery that is due may begin. What may not is moved by the next <see cref="EnterAsync"/>.</summary>
    public async ValueTask<bool> AdmitsAsync(DeliveryRecord due, TransferRecord transfer, CancellationToken cancellationToken)
    {
        // Only what begins is judged: whatever may have been seen by the receiver had its turn. Sets are judged whole (SetDelivery).
        var waits = SequenceOrder.IsWaiting(due);
        var begins = due is { State: DeliveryState.Waiting, OfferedAt: null, Doubts.Count: 0, SetKey: null };
        if (due is not { SequenceKey: not null, Intention: DeliveryIntention.None } || !(waits || begins)) return true;
        if (transfer.State != TransferState.Accepted || transfer.Manifest.NotAfter < services.Now) return true;
        if (await _order.ObstacleAsync(due, transfer, cancellationToken) is { } obstacle)
            _moves.Add((due, Held(due, transfer, obstacle)));
        else if (waits)
            _moves.Add((due, Freed(due)));
        else
            return true;
        return false;
    }

    /// <summary>Enters what was judged, in one commit.</summary>
    /// <returns>How many deliveries were moved.</returns>
    public async ValueTask<int> EnterAsync(CancellationToken cancellationToken)
    {
        var moves = _moves.ToList();
        _moves.Clear();
        await CommitAsync(moves, cancellationToken);
        return moves.Count;
    }

    /// <summary>Takes up what has its turn.</summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        // What a failure of the journal has left is judged again.
        _moves.Clear();
        while (services.Turns.TryTake(out var key)) await WakeAsync(key, cancellationToken);

        // After a start too, and whenever the clock was set back.
        if (_lookedThrough is { } last && services.Now >= last && services.Now - last < LookThrough) return;
        _lookedThrough = services.Now;
        HashSet<string> blocked = new(StringComparer.Ordinal);
        for (string? key = null; (key = await services.Journal.NextOpenSequenceAsync(key, cancellationToken)) is not null;)
        {
            await WakeAsync(key, cancellationToken);
            if (await _order.BlockAsync(key, cancellationToken) is not { } block) continue;
            blocked.Add(SequenceKeys.Describe(key));
            services.Notices.Raise(NoticeKind.OrderBlocked, SequenceKeys.Describe(key), block);
        }

        foreach (var over in _blocked.Except(blocked)) services.Notices.Clear(NoticeKind.OrderBlocked, over);
        _blocked = blocked;
    }

    async ValueTask WakeAsync(string key, CancellationToken cancellationToken)
    {
        foreach (var row in await _order.HeadAsync(key, cancellationToken))
            if (await AfterAsync(row, cancellationToken) is { } after) await CommitAsync([(row, after)], cancellationToken);
    }

    /// <summary>What becomes of a delivery at the head of its sequence; null where it stays as it is.</summary>
    async ValueTask<DeliveryRecord?> AfterAsync(DeliveryRecord row, CancellationToken cancellationToken)
    {
        if (row is not { State: DeliveryState.Held, LeaseOwner: null }) return null;
        if (SetMemberWaits(row)) return Next(row) with { NextAttemptAt = services.Now };
        if (!SequenceOrder.IsWaiting(row) || await services.Journal.FindTransferAsync(row.Transfer, cancellationToken) is not { } transfer)
            return null;
        return await _order.ObstacleAsync(row, transfer, cancellationToken) switch
        {
            null => Freed(row),
            { Passes: false } past => Held(row, transfer, past),
            _ => null,
        };
    }

    async ValueTask CommitAsync(List<(DeliveryRecord Before, DeliveryRecord After)> moves, CancellationToken cancellationToken)
    {
        if (moves.Count == 0) return;
        var batch = new JournalBatch();
        foreach (var (before, after) in moves)
        {
            if (after.State == before.State) batch.Deliveries.Add(after);
            else batch.Move(before.State, after, after.LastErrorCode ?? "its turn has come");
        }

        try
        {
            await services.Journal.CommitAsync(batch, cancellationToken);
        }
        catch (JournalConflictException)
        {
            // An operator has decided about one of them just now: the others are entered each for itself.
            if (moves.Count == 1) return;
            foreach (var move in moves) await CommitAsync([move], cancellationToken);
        }
    }

    DeliveryRecord Held(DeliveryRecord row, TransferRecord transfer, SequenceObstacle obstacle)
    {
        // What waits for somebody waits for no clock, but for the instant after which nobody wants it.
        var uselessAt = InboxDestination.UselessAt(transfer.Manifest);
        var again = obstacle.Passes ? services.Now + LookAgain : (DateTimeOffset?)null;
        var at = uselessAt < again || again is null ? uselessAt : again;
        return Next(DeliveryAttempt.Release(row, DeliveryState.Held, at, obstacle.Entry.Code, obstacle.Text));
    }

    DeliveryRecord Freed(DeliveryRecord row) => Next(DeliveryAttempt.Release(row, DeliveryState.Waiting, services.Now, null, null));

    DeliveryRecord Next(DeliveryRecord row) => row with { UpdatedAt = services.Now, Version = row.Version + 1 };

    static bool SetMemberWaits(DeliveryRecord row) => row.SetKey is not null && row.LastErrorCode == ErrorCatalogue.SetIncomplete.Code;
}

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Sets;

/// <summary>
/// Holds the files of a set until all are here (DESIGN section 5): each says Held in the journal before it looks at the others, so of two
/// that come last the later one sees the other. The one that finds the set complete moves all of them on in one commit.
/// </summary>
sealed class SetGate(CoreServices services)
{
    // Whoever was to find the set complete may have been stopped before it looked.
    static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    /// <summary>Waits at the gate.</summary>
    /// <param name="attempt">The attempt of one member.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>All members in the order of their indexes when the set is complete; else why this one stays.</returns>
    public async ValueTask<(IReadOnlyList<SetMember>? Complete, DeliveryOutcome? Stays)> EnterAsync(
        DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        var manifest = attempt.Transfer.Manifest;
        var (setId, count) = (manifest.SetId!, manifest.SetCount!.Value);
        await HoldAsync(attempt, cancellationToken);
        var deliveries = await services.Journal.SetDeliveriesAsync(attempt.Record.SetKey!, cancellationToken);
        var waiting = deliveries.Where(IsWaiting).ToList();

        // Another member, or an operator, has decided about this one too while it came in.
        if (!waiting.Any(delivery => delivery.DeliveryId == attempt.Record.DeliveryId)) return (null, new DeliveryOutcome.Ended());

        var limits = services.Configuration.Current.Configuration.Limits;
        var endsAt = deliveries.Where(IsAlive).Min(delivery => delivery.CreatedAt) + limits.SetExpiry;
        if (waiting.Count < count)
        {
            // What is here, and only waits for its hours or for a receiver that was suspended, is not missing.
            var isMissing = waiting.Count + deliveries.Count(IsComing) < count;
            var isGivenUp = deliveries.Any(delivery => delivery.LastErrorCode == ErrorCatalogue.SetExpired.Code);
            if (isGivenUp || (isMissing && services.Now >= endsAt))
                return (null, await ExpireAsync(attempt, setId, endsAt, waiting, cancellationToken));
            return (null, Incomplete(setId, waiting.Count, count, endsAt));
        }

        var members = await LoadAsync(waiting, cancellationToken);
        return Misfit(members, count) is { } misfit
            ? (null, new DeliveryOutcome.Held(ErrorCatalogue.SetMismatch.Code, Text(ErrorCatalogue.SetMismatch, setId, misfit)))
            : (members, null);
    }

    /// <summary>Moves all members of a complete set on, in one commit.</summary>
    /// <param name="attempt">The member that found it complete.</param>
    /// <param name="after">The row of each member that moves; version and time are set here.</param>
    /// <param name="detail">What happens, for the journal.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask MoveAsync(
        DeliveryAttempt attempt, IReadOnlyList<DeliveryRecord> after, string detail, CancellationToken cancellationToken)
    {
        var own = after.SingleOrDefault(row => row.DeliveryId == attempt.Record.DeliveryId);
        await attempt.WriteAsync(
            row => own is null ? row : own with { Version = row.Version },
            detail, cancellationToken,
            (batch, written) =>
            {
                foreach (var row in after.Where(row => row.DeliveryId != attempt.Record.DeliveryId))
                    batch.Move(DeliveryState.Held, row with { UpdatedAt = written.UpdatedAt, Version = row.Version + 1 }, detail);
            });
        services.DeliveriesChanged.Pulse();
    }

    static async ValueTask HoldAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        if (IsWaiting(attempt.Record)) return;
        await attempt.WriteAsync(
            row => row with { State = DeliveryState.Held, LastErrorCode = ErrorCatalogue.SetIncomplete.Code },
            "waits for its set", cancellationToken);
    }

    async ValueTask<List<SetMember>> LoadAsync(IEnumerable<DeliveryRecord> deliveries, CancellationToken cancellationToken)
    {
        List<SetMember> members = [];
        foreach (var delivery in deliveries)
        {
            if (await services.Journal.FindTransferAsync(delivery.Transfer, cancellationToken) is { } transfer)
                members.Add(new SetMember(delivery, transfer));
        }

        members.Sort((one, other) => one.Index.CompareTo(other.Index));
        return members;
    }

    static string? Misfit(List<SetMember> members, int count)
    {
        if (members.FirstOrDefault(member => member.Transfer.Manifest.SetCount != count) is { } odd)
            return $"{odd.Transfer.Identity.TransferId} states {odd.Transfer.Manifest.SetCount} files and others {count}";
        var twice = members.GroupBy(member => member.Index).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            var ids = string.Join(" and ", twice.Select(member => member.Transfer.Identity.TransferId));
            return $"{ids} have the index {twice.Key}; cancel one";
        }

        return members.Count == count ? null : $"{members.Count} files of {count} are here";
    }

    async ValueTask<DeliveryOutcome> ExpireAsync(
        DeliveryAttempt attempt, string setId, DateTimeOffset endsAt, IReadOnlyList<DeliveryRecord> waiting,
        CancellationToken cancellationToken)
    {
        var entry = ErrorCatalogue.SetExpired;
        var text = Text(entry, setId, $"{endsAt:yyyy-MM-dd'T'HH:mm:sszzz}");
        await MoveAsync(
            attempt,
            [.. waiting.Select(row => DeliveryAttempt.Release(row, DeliveryState.Cancelled, null, entry.Code, text))],
            entry.Code, cancellationToken);
        return new DeliveryOutcome.Ended();
    }

    DeliveryOutcome.HeldForSet Incomplete(string setId, int here, int count, DateTimeOffset endsAt)
    {
        var next = services.Now + LookAgain;
        return new DeliveryOutcome.HeldForSet(
            ErrorCatalogue.SetIncomplete.Code, Text(ErrorCatalogue.SetIncomplete, setId, $"{here}", $"{count}"),
            endsAt <= services.Now || next < endsAt ? next : endsAt);
    }

    static bool IsAlive(DeliveryRecord delivery) => delivery.State != DeliveryState.Cancelled;

    // Of an upload that is not finished nothing is due.
    static bool IsComing(DeliveryRecord delivery) => delivery is
    {
        State: DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.InDoubt,
        NextAttemptAt: not null,
    };

    static bool IsWaiting(DeliveryRecord delivery) =>
        delivery.State == DeliveryState.Held && delivery.LastErrorCode == ErrorCatalogue.SetIncomplete.Code;

    static string Text(ErrorEntry entry, params string[] values) => entry.Text(values, japanese: false);
}

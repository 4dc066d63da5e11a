using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Sequences;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Sets;

/// <summary>Delivers the files of a set together, at the gateway beside the receiver.</summary>
sealed class SetDelivery(CoreServices services, TransferService transfers, IFileSystem files, FolderRemains remains)
{
    const int MaxRounds = 10;

    static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    readonly SetGate _gate = new(services);
    readonly SequenceOrder _order = new(services);
    readonly FolderSet _folder = new(services, transfers, files, remains);

    /// <summary>Whether the attempt is of a member whose set is still to be gathered, or published, at its destination.</summary>
    public static bool Gathers(DeliveryAttempt attempt) =>
        attempt.Record is { SetKey: not null, OfferedAt: null }
            && attempt.Destination is FolderDestination or InboxDestination or ReceiverDestination;

    /// <summary>Removes what a member that is over leaves of its set in a folder.</summary>
    public ValueTask ClearAsync(DeliveryRecord over, string folder, CancellationToken cancellationToken) =>
        over.SetKey is { } key ? _folder.ClearAsync(folder, key, cancellationToken) : ValueTask.CompletedTask;

    /// <summary>One attempt of one member.</summary>
    public async ValueTask<DeliveryOutcome> RunAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Record.State != DeliveryState.Publishing && attempt.Transfer.State != TransferState.Accepted)
            return new DeliveryOutcome.Ended();
        return attempt.Destination is FolderDestination folder
            ? await RunAsync(attempt, folder, cancellationToken)
            : await GatherAsync(attempt, cancellationToken);
    }

    async ValueTask<DeliveryOutcome> RunAsync(DeliveryAttempt attempt, FolderDestination folder, CancellationToken cancellationToken)
    {
        // The bytes are laid ready as they come: when the last file is here, only its own are left to copy.
        if (attempt.Record.State == DeliveryState.Sending
            && await _folder.LayReadyAsync(attempt, folder, cancellationToken) is { } obstacle)
            return obstacle;
        var turn = _folder.TurnOf(attempt, folder);
        await turn.WaitAsync(cancellationToken);
        try
        {
            return attempt.Record.State == DeliveryState.Publishing
                ? await _folder.PublishAsync(attempt, folder, cancellationToken)
                : await GatherAsync(attempt, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    async ValueTask<DeliveryOutcome> GatherAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                return await GatherOnceAsync(attempt, cancellationToken);
            }
            catch (JournalConflictException) when (round < MaxRounds)
            {
                // Another member has entered that it waits, or somebody has decided about this one: look again at all of them.
                var row = await services.Journal.FindDeliveryAsync(attempt.Record.DeliveryId, cancellationToken);
                if (row?.Version != attempt.Record.Version) throw;
            }
        }
    }

    async ValueTask<DeliveryOutcome> GatherOnceAsync(DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        var (members, stays) = await _gate.EnterAsync(attempt, cancellationToken);
        return members is null ? stays! : await MoveOnAsync(attempt, members, cancellationToken);
    }

    async ValueTask<DeliveryOutcome> MoveOnAsync(
        DeliveryAttempt attempt, IReadOnlyList<SetMember> members, CancellationToken cancellationToken)
    {
        if (await BeforeAsync(attempt, members, cancellationToken) is { } waits) return waits;
        switch (attempt.Destination)
        {
            case FolderDestination folder:
                if (await _folder.MissingAsync(folder, members, cancellationToken) is { Count: > 0 } missing)
                    return await BringTogetherAsync(attempt, folder, missing, cancellationToken);
                var (names, taken) = await _folder.NameAsync(attempt, folder, members, cancellationToken);
                if (names is null) return taken!;
                await _gate.MoveAsync(attempt, Published(attempt, folder, members, names), "the set is complete", cancellationToken);
                return await _folder.PublishAsync(attempt, folder, cancellationToken);
            case InboxDestination:
                await _gate.MoveAsync(attempt, Offered(members), "the set is complete", cancellationToken);
                services.InboxChanged.Pulse();
                return new DeliveryOutcome.Ended();
            default:
                await _gate.MoveAsync(attempt, Released(members), "the set is complete", cancellationToken);
                return new DeliveryOutcome.Ended();
        }
    }

    /// <summary>
    /// Why a complete set waits for its turn. It has the place of its first file, and what stands between its files waits for the set:
    /// otherwise the file would wait for the set and the set for the file. A receiving system takes file by file; each has its own turn.
    /// </summary>
    async ValueTask<DeliveryOutcome?> BeforeAsync(
        DeliveryAttempt attempt, IReadOnlyList<SetMember> members, CancellationToken cancellationToken)
    {
        if (attempt.Destination is ReceiverDestination) return null;
        var ordered = members.Where(member => member.Delivery.SequenceKey is not null);
        foreach (var sequence in ordered.GroupBy(member => member.Delivery.SequenceKey))
        {
            // Whoever lets one of its files pass means the set: there is nothing less of it.
            if (sequence.Any(member => member.Delivery.SequencePass != SequencePass.None)) continue;
            var first = sequence.MinBy(member => member.Delivery.SequencePlace, StringComparer.Ordinal)!;
            if (await _order.ObstacleAsync(first.Delivery, first.Transfer, cancellationToken) is not { } obstacle) continue;
            return new DeliveryOutcome.HeldForSet(
                ErrorCatalogue.SetIncomplete.Code, $"The set {attempt.Transfer.Manifest.SetId} is complete. {obstacle.Text}",
                services.Now + LookAgain);
        }

        return null;
    }

    /// <summary>Has members that lie elsewhere laid ready here; the set is published when they are.</summary>
    async ValueTask<DeliveryOutcome> BringTogetherAsync(
        DeliveryAttempt attempt, FolderDestination folder, IReadOnlyList<SetMember> missing, CancellationToken cancellationToken)
    {
        var snapshot = services.Configuration.Current;
        var stray = missing.FirstOrDefault(member => TransferRoutes.Of(
            snapshot, member.Transfer.Manifest, member.Delivery.Receiver, folder)?.Names(folder.Id) != true);
        if (stray is not null)
        {
            var entry = ErrorCatalogue.SetMismatch;
            var why = $"{stray.Transfer.Identity.TransferId} goes to another destination than {folder.Id}";
            return new DeliveryOutcome.Held(
                entry.Code, entry.Text([attempt.Transfer.Manifest.SetId!, why], japanese: false));
        }

        var rows = missing.Select(member => DeliveryAttempt.Release(
            member.Delivery.DeliveryId == attempt.Record.DeliveryId ? attempt.Record : member.Delivery,
            DeliveryState.Waiting, services.Now, null, null) with
        { DestinationId = folder.Id });
        await _gate.MoveAsync(attempt, [.. rows], "laid ready again beside its set", cancellationToken);
        if (missing.Any(member => member.Delivery.DeliveryId == attempt.Record.DeliveryId)) return new DeliveryOutcome.Ended();
        var incomplete = ErrorCatalogue.SetIncomplete;
        var count = attempt.Transfer.Manifest.SetCount!.Value;
        return new DeliveryOutcome.HeldForSet(
            incomplete.Code,
            incomplete.Text([attempt.Transfer.Manifest.SetId!, $"{count - missing.Count}", $"{count}"], japanese: false),
            services.Now + LookAgain);
    }

    // The others are due at once and find their file published, or publish the set themselves when this attempt is cut off.
    List<DeliveryRecord> Published(
        DeliveryAttempt attempt, FolderDestination folder, IReadOnlyList<SetMember> members, IReadOnlyList<string> names)
    {
        List<DeliveryRecord> rows = [];
        foreach (var (member, name) in members.Zip(names))
        {
            var row = member.Delivery.DeliveryId == attempt.Record.DeliveryId
                ? attempt.Record with { State = DeliveryState.Publishing, LastErrorCode = null, LastErrorText = null }
                : DeliveryAttempt.Release(member.Delivery, DeliveryState.Publishing, services.Now, null, null);
            rows.Add(row with { PublishedName = name, Folder = folder.Path });
        }

        return rows;
    }

    // They appear together, in the order of their indexes.
    List<DeliveryRecord> Offered(IReadOnlyList<SetMember> members)
    {
        var now = services.Now;
        return
        [
            .. members.Select((member, place) => DeliveryAttempt.Release(
                member.Delivery, DeliveryState.Waiting, InboxDestination.UselessAt(member.Transfer.Manifest), null, null)
                with
            { OfferedAt = now.AddTicks(place) }),
        ];
    }

    // A receiving system takes one file at a time; complete, the set goes to it file by file.
    List<DeliveryRecord> Released(IReadOnlyList<SetMember> members) =>
    [
        .. members.Select(member => DeliveryAttempt.Release(member.Delivery, DeliveryState.Waiting, services.Now, null, null)
            with
        { SetKey = null }),
    ];
}

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Sets;

/// <summary>Delivers the files of a set together, at the gateway beside the receiver.</summary>
sealed class SetDelivery(CoreServices services, TransferService transfers, IFileSystem files, FolderRemains remains)
{
    const int MaxRounds = 10;

    static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    readonly SetGate _gate = new(services);
    readonly FolderSet _folder = new(services, transfers, files, remains);

    /// <summary>Whether the attempt is of a member whose set is still to be gathered, or published, at its destination.</summary>
    public static bool Gathers(DeliveryAttempt attempt) =>
        attempt.Record is { SetKey: not null, OfferedAt: null }
            && attempt.Destination is FolderDestination or InboxDestination or ReceiverDestination;

    /// <summary>Removes what a member that is over leaves of its set in a folder.</summary>
    public async ValueTask ClearAsync(DeliveryRecord over, string folder, CancellationToken cancellationToken)
    {
        if (over.SetKey is not { } key) return;
        var members = await services.Journal.SetDeliveriesAsync(key, cancellationToken);
        // While one of the set is in Publishing its control file says how far it is.
        if (members.All(member => member.State != DeliveryState.Publishing)) await _folder.ClearAsync(folder, key, cancellationToken);
    }

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

using System.Collections.Concurrent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Sets;

/// <summary>
/// Publishes a set of files in a folder, so that a receiver sees all of it and once, wherever a crash falls:
/// <list type="number">
/// <item>each file's data are written and flushed as <c>.linkgw/&lt;delivery&gt;.part</c> when it comes;</item>
/// <item>when all are here, one control file for the set is written and flushed as <c>.linkgw/set-&lt;mark&gt;.ctl</c>;</item>
/// <item>the journal says <c>Publishing</c> of all of them in one commit, with their names;</item>
/// <item>the data are renamed to their names in the order of their indexes, the folders are flushed;</item>
/// <item>the control file is renamed out as <c>&lt;set&gt;-&lt;mark&gt;.set.ctl.json</c>, the folders are flushed;</item>
/// <item>the journal says <c>Delivered</c> of each.</item>
/// </list>
/// After a restart in <c>Publishing</c>: control file still inside = finish from step 4; gone = the set was published.
/// </summary>
sealed class FolderSet(CoreServices services, TransferService transfers, IFileSystem files, FolderRemains remains)
{
    readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Writes a member's data beside the folder. Null when they are durable.</summary>
    public async ValueTask<DeliveryOutcome?> LayReadyAsync(
        DeliveryAttempt attempt, FolderDestination folder, CancellationToken cancellationToken)
    {
        var place = new FolderPlace(folder.Path, attempt.Record.DeliveryId);
        if (NameOf(folder, attempt.Transfer, attempt.Record) is { Succeeded: false } unnamed)
            return new DeliveryOutcome.Held(unnamed.Refusal.Code, unnamed.Refusal.ToString());
        await remains.TurnToAsync(attempt, folder, cancellationToken);
        await files.CreateDirectoryAsync(place.Inside, cancellationToken);
        if (await new PayloadCopy(services, transfers, files).RunAsync(attempt, place.Part, cancellationToken) is { } damaged)
            return damaged;
        await files.FlushDirectoryAsync(place.Inside, cancellationToken);
        return null;
    }

    /// <summary>Chooses the names and writes the control file of a complete set, durably, but not yet to be seen.</summary>
    /// <returns>The names in the order of the members, or why the set must wait.</returns>
    public async ValueTask<(IReadOnlyList<string>? Names, DeliveryOutcome? Stays)> NameAsync(
        DeliveryAttempt attempt, FolderDestination folder, IReadOnlyList<SetMember> members, CancellationToken cancellationToken)
    {
        var place = new FolderPlace(folder.Path, attempt.Record.DeliveryId);
        var free = new FreeNames(files);
        List<string> names = [];
        foreach (var member in members)
        {
            var wish = NameOf(folder, member.Transfer, member.Delivery);
            if (!wish.Succeeded) return (null, new DeliveryOutcome.Held(wish.Refusal.Code, wish.Refusal.ToString()));
            if (names.Contains(wish.Value) && folder.OnExists != OnExists.Number) return (null, FreeNames.Taken(folder, wish.Value));
            if (await free.FindAsync(folder, place, wish.Value, cancellationToken, names) is not { } name)
                return (null, FreeNames.Taken(folder, wish.Value));
            names.Add(name);
        }

        await WriteControlAsync(attempt, place, SetControlFile.Write(members, names), cancellationToken);
        return (names, null);
    }

    /// <summary>
    /// What one member at a time holds from looking at the set to its publication: of two that find it complete, the second must not write
    /// the control file anew when the first has put it out.
    /// </summary>
    public SemaphoreSlim TurnOf(DeliveryAttempt attempt, FolderDestination folder) => TurnIn(FolderPlace.Of(attempt, folder).Folder);

    /// <summary>Publishes the set of a member in Publishing, unless it is published already. The caller holds the turn.</summary>
    public async ValueTask<DeliveryOutcome> PublishAsync(
        DeliveryAttempt attempt, FolderDestination folder, CancellationToken cancellationToken)
    {
        var key = attempt.Record.SetKey!;
        var place = FolderPlace.Of(attempt, folder);
        var control = ControlOf(place, key);
        if (!await files.ExistsAsync(control, cancellationToken))
        {
            // A folder that is not there, or cannot be looked into, says nothing.
            await files.FlushDirectoryAsync(place.Inside, cancellationToken);
            if (!await files.ExistsAsync(control, cancellationToken)) return new DeliveryOutcome.Delivered(services.Now);
        }

        foreach (var (deliveryId, name) in SetControlFile.Read(await files.ReadAllAsync(control, cancellationToken)))
        {
            if (await PutOutAsync(new FolderPlace(place.Folder, deliveryId), folder, name, cancellationToken) is { } taken) return taken;
        }

        await FlushAsync(place, cancellationToken);
        var published = PublishedControl(place, attempt.Transfer.Manifest.SetId!, key);
        await files.RenameAsync(control, published, replace: true, cancellationToken);
        await FlushAsync(place, cancellationToken);
        return new DeliveryOutcome.Delivered(services.Now);
    }

    /// <summary>Removes the control file of a set of which no member is in Publishing, as far as it was written.</summary>
    public async ValueTask ClearAsync(string folder, string key, CancellationToken cancellationToken)
    {
        // Another member may find the set complete just now: gone then, the control file would look like one that was put out.
        var turn = TurnIn(folder);
        await turn.WaitAsync(cancellationToken);
        try
        {
            var members = await services.Journal.SetDeliveriesAsync(key, cancellationToken);
            if (members.Any(member => member.State == DeliveryState.Publishing)) return;
            var place = new FolderPlace(folder, "");
            var control = ControlOf(place, key);
            foreach (var path in (string[])[control, Fresh(control)]) await files.DeleteAsync(path, cancellationToken);
            await files.FlushDirectoryAsync(place.Inside, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// The members whose data do not lie ready in this folder: they were laid elsewhere, when another place was turned to.
    /// </summary>
    public async ValueTask<IReadOnlyList<SetMember>> MissingAsync(
        FolderDestination folder, IReadOnlyList<SetMember> members, CancellationToken cancellationToken)
    {
        List<SetMember> missing = [];
        foreach (var member in members)
        {
            var isHere = member.Delivery.DestinationId == folder.Id
                && await files.ExistsAsync(new FolderPlace(folder.Path, member.Delivery.DeliveryId).Part, cancellationToken);
            if (!isHere) missing.Add(member);
        }

        return missing;
    }

    async ValueTask<DeliveryOutcome?> PutOutAsync(
        FolderPlace place, FolderDestination folder, string name, CancellationToken cancellationToken)
    {
        if (!await files.ExistsAsync(place.Part, cancellationToken)) return null;
        try
        {
            await files.RenameAsync(place.Part, place.Data(name), folder.OnExists == OnExists.Replace, cancellationToken);
            return null;
        }
        catch (StorageException e) when (e.Failure == StorageFailure.AlreadyExists)
        {
            // Some of the set may be out already, so it is finished as soon as whoever put the other file there takes it away.
            var refusal = new Refusal(ErrorCatalogue.FileExists, folder.Id, name);
            return new DeliveryOutcome.Retry(refusal.Code, refusal.ToString());
        }
    }

    async ValueTask WriteControlAsync(
        DeliveryAttempt attempt, FolderPlace place, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var control = ControlOf(place, attempt.Record.SetKey!);
        var fresh = Fresh(control);
        await files.DeleteAsync(fresh, cancellationToken);
        var handle = await files.CreateAsync(fresh, 0, cancellationToken);
        await using (handle)
        {
            await handle.WriteAsync(0, content, cancellationToken);
            await handle.FlushAsync(cancellationToken);
        }

        await files.RenameAsync(fresh, control, replace: true, cancellationToken);
        await files.FlushDirectoryAsync(place.Inside, cancellationToken);
    }

    async ValueTask FlushAsync(FolderPlace place, CancellationToken cancellationToken)
    {
        await files.FlushDirectoryAsync(place.Folder, cancellationToken);
        await files.FlushDirectoryAsync(place.Inside, cancellationToken);
    }

    static Outcome<string> NameOf(FolderDestination folder, TransferRecord transfer, DeliveryRecord delivery) =>
        folder.NameTemplate.Expand(FolderPlace.ValuesOf(transfer, delivery));

    static string ControlOf(FolderPlace place, string key) => Path.Combine(place.Inside, $"set-{SetKeys.Mark(key)}.ctl");

    SemaphoreSlim TurnIn(string folder) => _turns.GetOrAdd(folder, static _ => new SemaphoreSlim(1, 1));

    static string Fresh(string control) => control + ".new";

    static string PublishedControl(FolderPlace place, string setId, string key)
    {
        var readable = new string([.. setId.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '_').Take(40)]);
        return Path.Combine(place.Folder, $"{readable}-{SetKeys.Mark(key)}.set.ctl.json");
    }
}

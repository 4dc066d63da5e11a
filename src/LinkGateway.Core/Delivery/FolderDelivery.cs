using System.Collections.Concurrent;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>
/// Publishes a file in a folder (DESIGN section 4, item 9), so that a receiver sees it whole and once, wherever a crash falls:
/// <list type="number">
/// <item>the data are written and flushed as <c>.linkgw/&lt;delivery&gt;.part</c>, every chunk checked against its digest;</item>
/// <item>the control file is written and flushed as <c>.linkgw/&lt;delivery&gt;.ctl</c>, and the folder is flushed;</item>
/// <item>the journal says <c>Publishing</c>, with the name;</item>
/// <item>the data are renamed to their name (no-replace unless told), the folders are flushed;</item>
/// <item>the control file is renamed out as <c>&lt;name&gt;.ctl.json</c>, the folders are flushed;</item>
/// <item>the journal says <c>Delivered</c>.</item>
/// </list>
/// After a restart in <c>Publishing</c>: control file still inside = finish from step 4; gone = it was published, whether or not the
/// receiver has taken it. That is why the control file must be durable inside before the journal says <c>Publishing</c>, and why the
/// journal says where: in another folder, to which the destination leads by now, its absence says nothing.
/// </summary>
sealed class FolderDelivery(CoreServices services, TransferService transfers, IFileSystem files, FolderRemains remains)
{
    readonly FreeNames _names = new(files);
    readonly ConcurrentDictionary<string, SemaphoreSlim> _replacing = new(StringComparer.Ordinal);

    public async ValueTask<DeliveryOutcome> RunAsync(DeliveryAttempt attempt, FolderDestination folder, CancellationToken cancellationToken)
    {
        var place = FolderPlace.Of(attempt, folder);
        if (attempt.Record.State != DeliveryState.Publishing)
        {
            if (attempt.Transfer.State != TransferState.Accepted) return new DeliveryOutcome.Ended();
            if (await PrepareAsync(attempt, folder, place, cancellationToken) is { } obstacle) return obstacle;
        }
        else
        {
            await AgreeAsync(attempt, place, cancellationToken);
        }

        return folder.OnExists == OnExists.Replace
            ? await ReplaceAsync(attempt, folder, place, cancellationToken)
            : await PublishAsync(attempt, folder, place, cancellationToken);
    }

    /// <summary>
    /// Publishes one at a time: of two deliveries under one name, the data of the one must not meet the control file of the other.
    /// </summary>
    async ValueTask<DeliveryOutcome> ReplaceAsync(
        DeliveryAttempt attempt, FolderDestination folder, FolderPlace place, CancellationToken cancellationToken)
    {
        var turn = _replacing.GetOrAdd(place.Folder, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await PublishAsync(attempt, folder, place, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    async ValueTask<DeliveryOutcome?> PrepareAsync(
        DeliveryAttempt attempt, FolderDestination folder, FolderPlace place, CancellationToken cancellationToken)
    {
        var template = folder.NameTemplate.Expand(FolderPlace.ValuesOf(attempt.Transfer, attempt.Record));
        if (!template.Succeeded) return new DeliveryOutcome.Held(template.Refusal.Code, template.Refusal.ToString());
        if (await _names.FindAsync(folder, place, template.Value, cancellationToken) is not { } name)
            return FreeNames.Taken(folder, template.Value);
        await remains.TurnToAsync(attempt, folder, cancellationToken);
        await files.CreateDirectoryAsync(place.Inside, cancellationToken);
        if (await new PayloadCopy(services, transfers, files).RunAsync(attempt, place.Part, cancellationToken) is { } damaged)
            return damaged;
        await WriteControlAsync(attempt, place, name, cancellationToken);
        await attempt.WriteAsync(
            row => row with { State = DeliveryState.Publishing, PublishedName = name, Folder = place.Folder },
            $"as {name}", cancellationToken);
        return null;
    }

    /// <summary>
    /// Lets the control file name what the journal does: a crash between the choice of another name and the journal's word of it has left
    /// the two apart, and the first name may be free by now. The data have not gone out: they go under the journal's name.
    /// </summary>
    async ValueTask AgreeAsync(DeliveryAttempt attempt, FolderPlace place, CancellationToken cancellationToken)
    {
        if (!await files.ExistsAsync(place.Control, cancellationToken)) return;
        await files.DeleteAsync(place.FreshControl, cancellationToken);
        var name = attempt.Record.PublishedName!;
        if (ControlFile.NameIn(await files.ReadAllAsync(place.Control, cancellationToken)) != name)
            await WriteControlAsync(attempt, place, name, cancellationToken);
    }

    async ValueTask<DeliveryOutcome> PublishAsync(
        DeliveryAttempt attempt, FolderDestination folder, FolderPlace place, CancellationToken cancellationToken)
    {
        // A folder that is not there, or cannot be looked into, says nothing: only where it is does a missing control file mean published.
        if (!await files.ExistsAsync(place.Control, cancellationToken)) await files.FlushDirectoryAsync(place.Inside, cancellationToken);
        while (await files.ExistsAsync(place.Control, cancellationToken))
        {
            var name = attempt.Record.PublishedName!;
            if (await files.ExistsAsync(place.Part, cancellationToken))
            {
                try
                {
                    await files.RenameAsync(place.Part, place.Data(name), folder.OnExists == OnExists.Replace, cancellationToken);
                }
                catch (StorageException e) when (e.Failure == StorageFailure.AlreadyExists)
                {
                    if (await _names.FindAsync(folder, place, name, cancellationToken) is not { } other)
                        return FreeNames.Taken(folder, name);
                    await WriteControlAsync(attempt, place, other, cancellationToken);
                    await attempt.WriteAsync(row => row with { PublishedName = other }, "", cancellationToken);
                    continue;
                }
            }

            await FlushAsync(place, cancellationToken);

            // The data are out, so the sign for them must follow: a control file that a receiver left lying gives way.
            await files.RenameAsync(place.Control, place.PublishedControl(name), replace: true, cancellationToken);
            await FlushAsync(place, cancellationToken);
        }

        return new DeliveryOutcome.Delivered(services.Now);
    }

    /// <summary>Writes the control file beside the old one and puts it in its place, so that one of the two is always there.</summary>
    async ValueTask WriteControlAsync(DeliveryAttempt attempt, FolderPlace place, string name, CancellationToken cancellationToken)
    {
        var fresh = place.FreshControl;
        await files.DeleteAsync(fresh, cancellationToken);
        var handle = await files.CreateAsync(fresh, 0, cancellationToken);
        await using (handle)
        {
            await handle.WriteAsync(0, ControlFile.Write(attempt.Transfer, attempt.Record, name), cancellationToken);
            await handle.FlushAsync(cancellationToken);
        }

        await files.RenameAsync(fresh, place.Control, replace: true, cancellationToken);
        await files.FlushDirectoryAsync(place.Inside, cancellationToken);
    }

    async ValueTask FlushAsync(FolderPlace place, CancellationToken cancellationToken)
    {
        await files.FlushDirectoryAsync(place.Folder, cancellationToken);
        await files.FlushDirectoryAsync(place.Inside, cancellationToken);
    }
}

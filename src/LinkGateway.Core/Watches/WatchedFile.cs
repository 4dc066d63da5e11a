using System.Security.Cryptography;
using System.Text.Json;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Watching;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Watches;

/// <summary>
/// One file of a watched folder, taken in like a SubmitFile of its origin. Every step can be repeated: the transfer's id follows from the
/// file, so the journal knows whether it was taken in, and where the file lies says what is still to become of it.
/// </summary>
/// <remarks>
/// Steps: accepted (journal) · receipt written · marker taken aside · file taken aside, and looked at once more: what was renamed may be a
/// newer file than the one that was read · file moved or deleted · marker deleted. So no marker ever lies alone and lets the next file of
/// the name go before it is whole.
/// </remarks>
sealed class WatchedFile(
    CoreServices services, TransferService transfers, IFileSystem files, IFolderView view, WatchSettings settings, WatchManifests manifests)
{
    const int MaxNumber = 100_000;
    public const string ErrorEnding = ".error.json";

    readonly WatchPlace _place = new(settings);

    /// <summary>Takes the file in, if that was not done, and lets become of it what is to become of it.</summary>
    public async ValueTask<WatchEnd> RunAsync(FileFacts file, CancellationToken cancellationToken)
    {
        var transferId = manifests.TransferIdOf(file);
        var marker = IsMarked ? await view.FindAsync(_place.Outside(file.Name + settings.MarkerSuffix), cancellationToken) : null;
        var known = await FindAsync(transferId, cancellationToken);
        var wasKnown = known is not null;
        if (known is null)
        {
            if (await WasForgottenAsync(transferId, cancellationToken)) return new WatchEnd.Taken(transferId, WasKnown: true);
            var answer = await SubmitAsync(file, cancellationToken);
            if (!answer.Succeeded) return End(answer.Refusal);
            known = await FindAsync(transferId, cancellationToken);
            if (known is null) return new WatchEnd.Later("not all of it is accepted yet");
        }
        else if (settings.Afterwards != AfterSending.Keep && await DigestAsync(file, cancellationToken) != known.Sha256)
        {
            return new WatchEnd.Refused(new Refusal(ErrorCatalogue.IdentityTaken, transferId, "sha256"));
        }

        await WriteReceiptAsync(known, cancellationToken);
        return settings.Afterwards == AfterSending.Keep || await SettleAsync(file, marker, cancellationToken)
            ? new WatchEnd.Taken(transferId, wasKnown && settings.Afterwards == AfterSending.Keep)
            : new WatchEnd.Later($"{file.Name} was replaced by another file while it was taken in");
    }

    /// <summary>Puts a refused file, its marker and the reason away, where there is a place for it.</summary>
    /// <returns>False when a newer file came under the name at the last moment: nothing is wrong with that one yet.</returns>
    public async ValueTask<bool> PutAwayAsync(FileFacts file, Refusal refusal, CancellationToken cancellationToken)
    {
        if (settings.ErrorFolder is not { } folder) return true;
        var marker = _place.Outside(file.Name + settings.MarkerSuffix);

        // Before the file: a newer marker comes after a newer file, so this is the marker of the one that was refused.
        var old = IsMarked ? await view.FindAsync(marker, cancellationToken) : null;
        if (await view.FindAsync(_place.Outside(file.Name), cancellationToken) != file) return false;
        await files.CreateDirectoryAsync(folder, cancellationToken);
        var note = JsonSerializer.SerializeToUtf8Bytes(
            new WatchError(refusal.Code, $"{refusal}", file.Name, settings.Id, services.Now), WatchJson.Default.WatchError);
        var moved = await MoveAsync(_place.Outside(file.Name), folder, file.Name, PrepareAsync, cancellationToken);
        await files.FlushDirectoryAsync(_place.Folder, cancellationToken);
        var there = await view.FindAsync(Path.Combine(folder, moved), cancellationToken);
        if (there is not null && there with { Name = file.Name } == file) return true;
        await files.RenameAsync(Path.Combine(folder, moved), _place.Outside(file.Name), replace: false, cancellationToken);
        await files.DeleteAsync(Path.Combine(folder, moved + ErrorEnding), cancellationToken);

        // The newer file waits for a marker of its own.
        var taken = Path.Combine(folder, moved + settings.MarkerSuffix);
        if (!IsMarked || await view.FindAsync(taken, cancellationToken) is not { } mark) return false;
        if (mark with { Name = Path.GetFileName(marker) } == old) await files.DeleteAsync(taken, cancellationToken);
        else await files.RenameAsync(taken, marker, replace: true, cancellationToken);
        return false;

        // The reason first, so that no file ever lies there without one.
        async ValueTask PrepareAsync(string name)
        {
            await files.WriteWholeAsync(Path.Combine(folder, name + ErrorEnding), note, cancellationToken);
            if (!IsMarked) return;
            var target = Path.Combine(folder, name + settings.MarkerSuffix);
            await IfThereAsync(() => files.RenameAsync(marker, target, replace: true, cancellationToken));
        }
    }

    /// <summary>Finishes what a process left aside that ended in the midst of it.</summary>
    /// <returns>Null, or what stands in the way.</returns>
    public async ValueTask<string?> RecoverAsync(CancellationToken cancellationToken)
    {
        if (settings.Afterwards == AfterSending.Keep) return null;
        var left = await files.ListAsync(_place.Inside, cancellationToken);
        foreach (var name in left.Where(name => !IsMarker(name)))
        {
            if (await view.FindAsync(_place.Aside(name), cancellationToken) is not { } facts) continue;
            if (await FindAsync(manifests.TransferIdOf(facts), cancellationToken) is not null) await FinishAsync(name, cancellationToken);
            else await PutBackAsync(name, cancellationToken);
        }

        foreach (var marker in left.Where(IsMarker))
        {
            var name = marker[..^settings.MarkerSuffix.Length];
            if (await files.ExistsAsync(_place.Aside(name), cancellationToken)) continue;
            if (await view.FindAsync(_place.Outside(name), cancellationToken) is { } facts
                && await FindAsync(manifests.TransferIdOf(facts), cancellationToken) is not null)
                await SettleAsync(facts, marker: null, cancellationToken);
            else await DeleteAsideAsync(marker, cancellationToken);
        }

        return await BringBackAsync(cancellationToken);
    }

    bool IsMarked => settings.Complete == CompleteRule.Marker;

    bool IsMarker(string name) => IsMarked && name.EndsWith(settings.MarkerSuffix, StringComparison.Ordinal);

    static WatchEnd End(Refusal refusal)
    {
        var isOver = refusal.Side == FaultSide.Sender && refusal.RetryAfter is null && refusal.Error != ErrorCatalogue.WatchedFileChanged
            && refusal.Error != ErrorCatalogue.AttemptFenced && refusal.Error != ErrorCatalogue.ParticipantSuspended;
        return isOver ? new WatchEnd.Refused(refusal) : new WatchEnd.Later($"{refusal}", refusal.RetryAfter);
    }

    /// <summary>The transfer, if it was accepted once: whatever became of it since, its file is not sent again.</summary>
    async ValueTask<TransferRecord?> FindAsync(string transferId, CancellationToken cancellationToken)
    {
        var row = await services.Journal.FindTransferAsync(new TransferIdentity(settings.Origin, transferId, "", 0), cancellationToken);
        return row is { AcceptedAt: not null } ? row : null;
    }

    /// <summary>Whether the file is kept where it lies for so long that the journal has forgotten its transfer, and archived it.</summary>
    async ValueTask<bool> WasForgottenAsync(string transferId, CancellationToken cancellationToken) =>
        settings.Afterwards == AfterSending.Keep
            && (await services.Journal.ArchivesOfAsync(settings.Origin, transferId, cancellationToken)).Count > 0;

    async ValueTask<Outcome<AcceptResult>> SubmitAsync(FileFacts file, CancellationToken cancellationToken)
    {
        var manifest = manifests.Of(file);
        if (!manifest.Succeeded) return manifest.Refusal;
        var request = new SubmitFileRequest
        {
            Transfer = new TransferReference { TransferId = manifest.Value.TransferId },
            Manifest = manifest.Value,
            File = file.Name,
        };
        await using var body = new WatchBody(files, view, _place.Outside(file.Name), file);
        return await transfers.SubmitFileAsync(settings.Origin, request, body, cancellationToken);
    }

    async ValueTask<Sha256Digest> DigestAsync(FileFacts file, CancellationToken cancellationToken)
    {
        await using var handle = await files.OpenAsync(_place.Outside(file.Name), writable: false, cancellationToken);
        await using var bytes = new FileBytes(handle, file.Size);
        return new Sha256Digest(await SHA256.HashDataAsync(bytes, cancellationToken));
    }

    async ValueTask WriteReceiptAsync(TransferRecord transfer, CancellationToken cancellationToken)
    {
        if (settings.ReceiptFolder is not { } folder || transfer.EntryReceipt is not { } receipt) return;
        var path = Path.Combine(folder, transfer.Identity.TransferId + ".receipt.xml");
        if (settings.Afterwards == AfterSending.Keep && await files.ExistsAsync(path, cancellationToken)) return;
        await files.CreateDirectoryAsync(folder, cancellationToken);
        await files.WriteWholeAsync(path, receipt, cancellationToken);
    }

    /// <summary>Takes marker and file aside, and lets become of them what is to become of them.</summary>
    /// <param name="file">The file that was taken in.</param>
    /// <param name="marker">Its marker as it was before the file was read; null when that is not known, or there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when a newer file has come in its place: that one lies where it was, with its marker if it has one.</returns>
    async ValueTask<bool> SettleAsync(FileFacts file, FileFacts? marker, CancellationToken cancellationToken)
    {
        if (await view.FindAsync(_place.Outside(file.Name), cancellationToken) != file) return false;
        await files.CreateDirectoryAsync(_place.Inside, cancellationToken);
        if (IsMarked && !await TakeMarkerAsideAsync(file.Name + settings.MarkerSuffix, marker, cancellationToken)) return false;
        await files.RenameAsync(_place.Outside(file.Name), _place.Aside(file.Name), replace: false, cancellationToken);
        await FlushAsync(cancellationToken);
        if (await view.FindAsync(_place.Aside(file.Name), cancellationToken) != file)
        {
            await PutBackAsync(file.Name, cancellationToken);
            return false;
        }

        await FinishAsync(file.Name, cancellationToken);
        return true;
    }

    async ValueTask<bool> TakeMarkerAsideAsync(string name, FileFacts? marker, CancellationToken cancellationToken)
    {
        await IfThereAsync(() => files.RenameAsync(_place.Outside(name), _place.Aside(name), replace: true, cancellationToken));
        await FlushAsync(cancellationToken);
        if (marker is null || await view.FindAsync(_place.Aside(name), cancellationToken) is not { } taken || taken == marker) return true;
        await files.RenameAsync(_place.Aside(name), _place.Outside(name), replace: true, cancellationToken);
        await FlushAsync(cancellationToken);
        return false;
    }

    async ValueTask FinishAsync(string name, CancellationToken cancellationToken)
    {
        if (settings is { Afterwards: AfterSending.Move, DoneFolder: { } done })
        {
            await files.CreateDirectoryAsync(done, cancellationToken);
            await MoveAsync(_place.Aside(name), done, name, _ => default, cancellationToken);
            await files.FlushDirectoryAsync(_place.Inside, cancellationToken);
        }
        else
        {
            await DeleteAsideAsync(name, cancellationToken);
        }

        if (IsMarked) await DeleteAsideAsync(name + settings.MarkerSuffix, cancellationToken);
    }

    /// <summary>
    /// Puts a file back that lies aside and was not sent. Where yet another one has come under its name it waits, and leaves the place
    /// aside to that one.
    /// </summary>
    async ValueTask PutBackAsync(string name, CancellationToken cancellationToken)
    {
        if (!await TryRenameAsync(_place.Aside(name), _place.Outside(name), cancellationToken))
        {
            await files.CreateDirectoryAsync(_place.Later, cancellationToken);
            await TryRenameAsync(_place.Aside(name), _place.Waiting(name), cancellationToken);
            await files.FlushDirectoryAsync(_place.Later, cancellationToken);
        }

        await FlushAsync(cancellationToken);

        // The marker that lies aside was that of the file before: the one that goes back waits for its own.
        if (IsMarked) await DeleteAsideAsync(name + settings.MarkerSuffix, cancellationToken);
    }

    /// <summary>Brings back what waits, where the name is free again.</summary>
    /// <returns>Null, or what still waits.</returns>
    async ValueTask<string?> BringBackAsync(CancellationToken cancellationToken)
    {
        string? trouble = null;
        foreach (var name in await files.ListAsync(_place.Later, cancellationToken))
        {
            if (await TryRenameAsync(_place.Waiting(name), _place.Outside(name), cancellationToken))
            {
                await files.FlushDirectoryAsync(_place.Folder, cancellationToken);
                await files.FlushDirectoryAsync(_place.Later, cancellationToken);
            }
            else
            {
                trouble = $"{_place.Waiting(name)} was not sent, and another file of its name is there: it is sent after that";
            }
        }

        return trouble;
    }

    async ValueTask<bool> TryRenameAsync(string source, string target, CancellationToken cancellationToken)
    {
        try
        {
            await files.RenameAsync(source, target, replace: false, cancellationToken);
            return true;
        }
        catch (StorageException e) when (e.Failure == StorageFailure.AlreadyExists)
        {
            return false;
        }
    }

    async ValueTask DeleteAsideAsync(string name, CancellationToken cancellationToken)
    {
        await files.DeleteAsync(_place.Aside(name), cancellationToken);
        await files.FlushDirectoryAsync(_place.Inside, cancellationToken);
    }

    /// <summary>Moves a file into a folder, under its name or, where that is taken, with a number.</summary>
    async ValueTask<string> MoveAsync(
        string source, string folder, string name, Func<string, ValueTask> prepare, CancellationToken cancellationToken)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        for (var number = 1; number < MaxNumber; number++)
        {
            var free = number == 1 ? name : $"{stem} ({number}){extension}";
            if (await files.ExistsAsync(Path.Combine(folder, free), cancellationToken)) continue;
            try
            {
                await prepare(free);
                await files.RenameAsync(source, Path.Combine(folder, free), replace: false, cancellationToken);
                await files.FlushDirectoryAsync(folder, cancellationToken);
                return free;
            }
            catch (StorageException e) when (e.Failure == StorageFailure.AlreadyExists)
            {
                // Somebody has taken the name meanwhile.
            }
        }

        throw new StorageException(StorageFailure.AlreadyExists, $"{folder} holds too many files named like {name}.");
    }

    async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await files.FlushDirectoryAsync(_place.Folder, cancellationToken);
        await files.FlushDirectoryAsync(_place.Inside, cancellationToken);
    }

    static async ValueTask IfThereAsync(Func<ValueTask> rename)
    {
        try
        {
            await rename();
        }
        catch (StorageException e) when (e.Failure == StorageFailure.NotFound)
        {
            // It was done before, or its sender has taken it back.
        }
    }
}

using System.Text.Json;
using LinkGateway.Client.Files;
using LinkGateway.Client.Sending;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Watching;

namespace LinkGateway.Client.Watching;

/// <summary>
/// Sends what is whole in a folder, each file once, and lets become of it what shall become of it. Whatever a killed run left over, the
/// next one continues: the state file beside each file says which transfer it is. One caller at a time.
/// </summary>
/// <remarks>
/// Steps of a file: accepted (state file) · receipts kept · marker taken aside · file taken aside, and looked at once more: what was
/// renamed may be a newer file than the one that was sent · file moved or deleted · state file and marker deleted.
/// </remarks>
public sealed class FolderSender : IDisposable
{
    // One transfer may be in trouble at the gateway; two in a row are the gateway's or the line's, and each costs all its tries.
    const int UnavailableInARow = 2;

    const string ErrorEnding = ".error.json";

    static readonly JsonSerializerOptions Note = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    readonly FileSender _sender;
    readonly SendFolder _folder;
    readonly FolderSenderOptions _options;
    readonly TimeProvider _time;
    readonly FolderWatch _watch;

    // Refused as they are, and left where they lie.
    readonly HashSet<FileFacts> _refused = [];

    FolderSender(FileSender sender, SendFolder folder, FolderSenderOptions options, TimeProvider time)
    {
        (_sender, _folder, _options, _time) = (sender, folder, options, time);
        _watch = new FolderWatch(options.Rules, time);
    }

    bool IsMarked => _options.Rules.Complete == CompleteRule.Marker;

    /// <summary>Takes a folder for this process.</summary>
    /// <param name="sender">Sends each file.</param>
    /// <param name="folder">The folder; it must exist.</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <param name="time">Clock; the system's where null.</param>
    /// <returns>The sender, to be disposed; null where another process watches the folder.</returns>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, by missing rights.</exception>
    public static FolderSender? TryOpen(
        FileSender sender, string folder, FolderSenderOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return SendFolder.TryOpen(folder) is { } taken
            ? new FolderSender(sender, taken, options ?? new(), time ?? TimeProvider.System)
            : null;
    }

    /// <summary>Finishes what earlier runs left over, then looks at the folder once and sends what is whole.</summary>
    /// <param name="order">What to send, by the path of a file; or why its name does not fit.</param>
    /// <param name="progress">Told of what moves; may be null.</param>
    /// <param name="ended">Told of each file as it ends; may be null.</param>
    /// <param name="cancellationToken">Stops the work; the next round continues.</param>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, by missing rights.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<FolderRound> RunRoundAsync(
        Func<string, (SendOrder Order, string? Problem)> order, IProgress<SendProgress>? progress, Action<SentFile>? ended,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        Recover();
        var present = _folder.Look();
        _refused.IntersectWith(present);
        var look = _watch.Look(present);
        var sent = new List<SentFile>();
        var unavailable = 0;
        foreach (var file in look.Whole.Where(file => !_refused.Contains(file) && !IsKept(file)))
        {
            var (what, problem) = order(_folder.Outside(file.Name));
            var one = await SendAsync(file, what, problem, progress, cancellationToken);
            sent.Add(one);
            ended?.Invoke(one);
            unavailable = one.Outcome.End == SendEnd.Unavailable ? unavailable + 1 : 0;
            if (unavailable == UnavailableInARow || IsAboutSender(one.Outcome)) return new FolderRound(sent, look.Growing, one);
        }

        return new FolderRound(sent, look.Growing, null);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    async ValueTask<SentFile> SendAsync(
        FileFacts file, SendOrder order, string? problem, IProgress<SendProgress>? progress, CancellationToken cancellationToken)
    {
        var marker = IsMarked ? SendFolder.FactsAt(_folder.Outside(file.Name + _options.Rules.MarkerSuffix)) : null;
        SendOutcome outcome;
        try
        {
            outcome = problem is null
                ? await _sender.SendAsync(order, progress, cancellationToken)
                : new SendOutcome { End = SendEnd.Refused, TransferId = "", Reason = problem };

            // What was begun of a file that has changed since is given up: the whole file that is here now is another transfer.
            if (outcome.End == SendEnd.FileChanged && SendFolder.FactsAt(_folder.Outside(file.Name)) == file)
                outcome = await _sender.SendAsync(order with { StartAnew = true }, progress, cancellationToken);
            if (outcome.End is SendEnd.Accepted or SendEnd.Delivered) Settle(file, marker, outcome);
            else if (outcome.End == SendEnd.Refused && !IsAboutSender(outcome)) PutAway(file, outcome);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            outcome = new SendOutcome { End = SendEnd.Unreadable, TransferId = "", Reason = e.Message };
        }

        return new SentFile(order, outcome);
    }

    // What is wrong with all files is not the fault of the first of them.
    static bool IsAboutSender(SendOutcome outcome) =>
        outcome.Refusal is { } refusal && (refusal.Is(ErrorCatalogue.NotAuthenticated) || refusal.Is(ErrorCatalogue.OriginNotAllowed));

    bool IsKept(FileFacts file) => _options.Afterwards == FileEnd.Keep && WasSent(file);

    bool WasSent(FileFacts facts) => SentAs(facts.Name) == new FileStamp(facts.Size, facts.ModifiedAt);

    /// <summary>The stamp with which a file of that name was accepted; null when none was.</summary>
    FileStamp? SentAs(string name)
    {
        try
        {
            return TransferStateFile.Read(TransferStateFile.PathFor(_folder.Outside(name))) is { AcceptedAt: not null } saved
                ? saved.Stamp
                : null;
        }
        catch (JsonException)
        {
            // The sender tells what is wrong with it.
            return null;
        }
    }

    void Recover()
    {
        if (_options.Afterwards == FileEnd.Keep) return;
        var left = _folder.Left();
        foreach (var name in left.Where(name => !IsMarker(name)))
        {
            if (SendFolder.FactsAt(_folder.Aside(name)) is not { } facts) continue;
            if (WasSent(facts)) Finish(name);
            else PutBack(name);
        }

        foreach (var marker in left.Where(IsMarker))
        {
            var name = marker[..^_options.Rules.MarkerSuffix.Length];
            if (File.Exists(_folder.Aside(name))) continue;
            if (SendFolder.FactsAt(_folder.Outside(name)) is { } facts && WasSent(facts)) TakeAside(facts);
            else _folder.DeleteAside(marker);
        }

        _folder.BringBack();

        // A file that is gone needs no memory of having been sent.
        foreach (var name in _folder.StatesWithoutFile())
            if (SentAs(name) is not null) File.Delete(TransferStateFile.PathFor(_folder.Outside(name)));
    }

    bool IsMarker(string name) => IsMarked && name.EndsWith(_options.Rules.MarkerSuffix, StringComparison.Ordinal);

    void Settle(FileFacts file, FileFacts? marker, SendOutcome outcome)
    {
        _options.AtStep?.Invoke(SendStep.Accepted);
        _options.Keep?.Invoke(outcome);
        _options.AtStep?.Invoke(SendStep.Kept);
        if (_options.Afterwards == FileEnd.Keep || SendFolder.FactsAt(_folder.Outside(file.Name)) != file) return;
        var name = file.Name + _options.Rules.MarkerSuffix;
        if (IsMarked && File.Exists(_folder.Outside(name)))
        {
            _folder.DeleteAside(name);
            if (_folder.TryTakeAside(name) && marker is not null && SendFolder.FactsAt(_folder.Aside(name)) != marker)
            {
                // A newer file has come, with a marker of its own.
                _folder.TryPutBack(name);
                return;
            }
        }

        _options.AtStep?.Invoke(SendStep.MarkerAside);
        TakeAside(file);
    }

    void TakeAside(FileFacts file)
    {
        if (!_folder.TryTakeAside(file.Name)) return;
        _options.AtStep?.Invoke(SendStep.Aside);
        if (SendFolder.FactsAt(_folder.Aside(file.Name)) == file) Finish(file.Name);
        else PutBack(file.Name);
    }

    void Finish(string name)
    {
        if (_options is { Afterwards: FileEnd.Move, DoneFolder: { } done }) SendFolder.Move(_folder.Aside(name), done, name, _ => { });
        else _folder.DeleteAside(name);
        _options.AtStep?.Invoke(SendStep.Ended);

        // After the file: until then it says that the file was sent.
        File.Delete(TransferStateFile.PathFor(_folder.Outside(name)));
        if (IsMarked) _folder.DeleteAside(name + _options.Rules.MarkerSuffix);
        FolderFlush.Run(_folder.Path);
    }

    // Where yet another file has come under its name, that one goes first. The marker that lies aside was that of the file before: the one
    // that goes back waits for its own.
    void PutBack(string name)
    {
        if (!_folder.TryPutBack(name)) _folder.LetWait(name);
        if (IsMarked) _folder.DeleteAside(name + _options.Rules.MarkerSuffix);
    }

    void PutAway(FileFacts file, SendOutcome outcome)
    {
        if (_options.ErrorFolder is not { } errors)
        {
            _refused.Add(file);
            return;
        }

        // Before the file: a newer marker comes after a newer file, so this is the marker of the one that was refused.
        var marker = _folder.Outside(file.Name + _options.Rules.MarkerSuffix);
        var old = IsMarked ? SendFolder.FactsAt(marker) : null;
        if (SendFolder.FactsAt(_folder.Outside(file.Name)) != file) return;
        var moved = SendFolder.Move(_folder.Outside(file.Name), errors, file.Name, name =>
        {
            // The reason first, so that no file ever lies there without one.
            var note = new { outcome.Refusal?.Code, Text = outcome.Reason, File = file.Name, outcome.TransferId, At = _time.GetLocalNow() };
            DurableFile.Write(System.IO.Path.Combine(errors, name + ErrorEnding), stream => JsonSerializer.Serialize(stream, note, Note));
            if (IsMarked && File.Exists(marker))
                File.Move(marker, System.IO.Path.Combine(errors, name + _options.Rules.MarkerSuffix), overwrite: true);
        });
        var there = System.IO.Path.Combine(errors, moved);
        if (SendFolder.FactsAt(there) is { } facts && facts with { Name = file.Name } != file) TakeOut(there, file.Name, old);
        File.Delete(TransferStateFile.PathFor(_folder.Outside(file.Name)));
        FolderFlush.Run(_folder.Path);
    }

    // A newer file came under the name at the last moment: nothing is wrong with that one yet, and it waits for a marker of its own.
    void TakeOut(string path, string name, FileFacts? oldMarker)
    {
        if (!DurableFile.TryMove(path, _folder.Outside(name))) return;
        File.Delete(path + ErrorEnding);
        var (marker, taken) = (name + _options.Rules.MarkerSuffix, path + _options.Rules.MarkerSuffix);
        if (!IsMarked || SendFolder.FactsAt(taken) is not { } mark) return;
        if (mark with { Name = marker } == oldMarker) File.Delete(taken);
        else File.Move(taken, _folder.Outside(marker), overwrite: true);
    }
}

using LinkGateway.Contract.Watching;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Schedules;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Watches;

/// <summary>Looks at one watched folder, always or by its schedule, for as long as the settings stand.</summary>
sealed class WatchFeed
{
    static readonly RetryPolicy BackOff = new(int.MaxValue, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    readonly CoreServices _services;
    readonly IFolderView _view;
    readonly WatchSettings _settings;
    readonly IWatchEvents _events;
    readonly WatchedFile _file;
    readonly FolderWatch _folder;
    readonly Turns _turns;
    readonly string _subject;

    // What is over for a file as it is, as long as it lies there unchanged; a refusal also only as long as the configuration stands.
    readonly Lock _gate = new();
    readonly Dictionary<string, FileFacts> _done = new(StringComparer.Ordinal);
    readonly Dictionary<string, FileFacts> _refused = new(StringComparer.Ordinal);
    readonly Dictionary<string, (FileFacts Facts, int Failures, DateTimeOffset NotBefore)> _later = new(StringComparer.Ordinal);
    ConfigurationSnapshot? _judgedBy;
    bool _mayHoldRefused = true;

    // What the log knows already: a folder that is not there is told once, and not at every look.
    string? _told;

    public WatchFeed(
        CoreServices services, TransferService transfers, IFileSystem files, IFolderView view, WatchSettings settings, IWatchEvents events)
    {
        (_services, _view, _settings, _events) = (services, view, settings, events);
        var manifests = new WatchManifests(settings, services.Configuration.Current.Configuration.Gateway.Environment);
        _file = new WatchedFile(services, transfers, files, view, settings, manifests);
        var rules = new WatchRules
        {
            Files = settings.Files,
            Complete = settings.Complete,
            StableFor = settings.StableFor,
            MarkerSuffix = settings.MarkerSuffix,
        };
        _folder = new FolderWatch(rules, services.Time);
        _subject = $"watch/{settings.Id}";
        _turns = new Turns(services, _subject, settings.Schedule);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true) await TurnAsync(cancellationToken);
        }
        finally
        {
            _turns.Leave();
            _services.Notices.Clear(NoticeKind.FilesRefused, _subject);
        }
    }

    async ValueTask TurnAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        var hasBegun = false;
        while (true)
        {
            try
            {
                if (!hasBegun) await _turns.BeginAsync(cancellationToken);
                hasBegun = true;
                var isOver = await LookAsync(cancellationToken);
                failures = 0;
                if (isOver)
                {
                    await _turns.EndAsync(cancellationToken);
                    if (_turns.IsScheduled) return;
                    hasBegun = false;
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, the folder is looked at again: nothing else would ever come for what lies there.
                Trouble(e.Message);
                failures++;
            }

            var pause = failures == 0 ? _settings.LookEvery : BackOff.Delay(failures, _services.Random.NextFraction());
            await _services.Scheduler.DelayAsync(pause, cancellationToken);
        }
    }

    /// <summary>Looks once, and takes in what is whole.</summary>
    /// <returns>Whether nothing is left that time alone would change.</returns>
    async ValueTask<bool> LookAsync(CancellationToken cancellationToken)
    {
        var trouble = await _file.RecoverAsync(cancellationToken);
        var present = await _view.LookAsync(_settings.Folder, cancellationToken);
        var look = _folder.Look(present);
        _turns.Growing(look.Growing);
        Forget(present);
        if (_services.Standing.IsSuspended(_settings.Origin))
        {
            // It is no fault of the files: they lie where they are until it is resumed.
            Trouble($"{_settings.Origin} is suspended");
            return false;
        }

        await TakeAsync([.. look.Whole.Where(file => !IsOver(file) && !MustWait(file))], cancellationToken);
        await TellRefusedAsync(cancellationToken);
        if (trouble is not null) Trouble(trouble);
        else if (_later.Count == 0) NoTrouble();
        return look.Growing == 0 && _later.Count == 0;
    }

    bool IsOver(FileFacts file) => _done.GetValueOrDefault(file.Name) == file || _refused.GetValueOrDefault(file.Name) == file;

    bool MustWait(FileFacts file) => _later.TryGetValue(file.Name, out var later) && later.NotBefore > _services.Now;

    void Forget(IReadOnlyList<FileFacts> present)
    {
        if (_judgedBy != _services.Configuration.Current) _refused.Clear();
        _judgedBy = _services.Configuration.Current;
        var now = present.ToHashSet();
        foreach (var gone in _done.Values.Where(file => !now.Contains(file)).ToList()) _done.Remove(gone.Name);
        foreach (var gone in _refused.Values.Where(file => !now.Contains(file)).ToList()) _refused.Remove(gone.Name);
        foreach (var gone in _later.Values.Where(later => !now.Contains(later.Facts)).ToList()) _later.Remove(gone.Facts.Name);
    }

    async ValueTask TakeAsync(List<FileFacts> ready, CancellationToken cancellationToken)
    {
        List<Task> running = [];
        foreach (var file in ready)
        {
            if (running.Count >= _settings.FilesInFlight) running.Remove(await Task.WhenAny(running));
            running.Add(_services.Scheduler.Run(() => TakeAsync(file, cancellationToken)));
        }

        await Task.WhenAll(running);
    }

    async Task TakeAsync(FileFacts file, CancellationToken cancellationToken)
    {
        try
        {
            var end = await _file.RunAsync(file, cancellationToken);
            if (end is WatchEnd.Refused { Refusal: var refusal } && !await _file.PutAwayAsync(file, refusal, cancellationToken))
                end = new WatchEnd.Later("it was replaced by another file");
            Enter(file, end);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // One file must not stop the others.
            Enter(file, new WatchEnd.Later(e.Message));
        }
    }

    void Enter(FileFacts file, WatchEnd end)
    {
        lock (_gate)
        {
            var failures = _later.Remove(file.Name, out var before) ? before.Failures : 0;
            switch (end)
            {
                case WatchEnd.Taken taken:
                    _done[file.Name] = file;
                    if (taken.WasKnown) break;
                    _turns.Took();
                    _events.Taken(_settings.Id, file.Name, taken.TransferId);
                    break;
                case WatchEnd.Refused { Refusal: var refusal }:
                    _refused[file.Name] = file;
                    _mayHoldRefused = true;
                    _turns.Refused();
                    _events.Refused(_settings.Id, file.Name, refusal);
                    break;
                case WatchEnd.Later later:
                    var pause = later.After ?? BackOff.Delay(failures + 1, _services.Random.NextFraction());
                    _later[file.Name] = (file, failures + 1, _services.Now + pause);
                    Trouble($"{file.Name}: {later.Reason}");
                    break;
            }
        }
    }

    // As long as somebody has not taken them away: also those that a former process has put there.
    async ValueTask TellRefusedAsync(CancellationToken cancellationToken)
    {
        if (!_mayHoldRefused) return;
        var refused = _settings.ErrorFolder is { } folder ? await CountAsync(folder, cancellationToken) : _refused.Count;
        _mayHoldRefused = refused > 0;
        if (refused > 0)
            _services.Notices.Raise(
                NoticeKind.FilesRefused, _subject, $"{refused} refused files lie in {_settings.ErrorFolder ?? _settings.Folder}.");
        else _services.Notices.Clear(NoticeKind.FilesRefused, _subject);
    }

    async ValueTask<int> CountAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var files = await _view.LookAsync(folder, cancellationToken);
            return files.Count(file => file.Name.EndsWith(WatchedFile.ErrorEnding, StringComparison.Ordinal));
        }
        catch (StorageException e) when (e.Failure == StorageFailure.NotFound)
        {
            // It is made with the first refusal.
            return 0;
        }
    }

    void Trouble(string text)
    {
        _turns.Trouble(text);
        if (_told == text) return;
        _told = text;
        _events.Troubled(_settings.Id, text);
    }

    void NoTrouble()
    {
        _turns.Trouble(null);
        _told = null;
    }
}

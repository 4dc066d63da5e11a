using LinkGateway.Contract.Notices;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Notices;

/// <summary>
/// Makes notices of what is wrong: one of each cause, in stages, over restarts. Told first at once, once more with what is affected, and
/// when it is over. What comes and goes is one notice.
/// </summary>
/// <remarks>
/// Every stage is entered in the journal before sinks tell it; when the journal cannot be written, they tell it all the same, and it may
/// be told again after a restart.
/// </remarks>
public sealed class NoticeService
{
    // More at once would be read by nobody; the others are opened as these are resolved.
    const int MostOpen = 500;
    const int MostUnwritten = 500;
    const int MostTexts = 3;
    const string Writing = "journal, writing";

    static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);
    static readonly TimeSpan AfterStart = TimeSpan.FromHours(1);
    static readonly TimeSpan BetweenForgetting = TimeSpan.FromDays(1);

    // Whoever raised a condition before a restart has seen it again by then, or it is over.
    static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    // What is there again so soon after it was told to be over is the same notice.
    static readonly TimeSpan Reappearance = TimeSpan.FromHours(1);
    static readonly TimeSpan LongestQuiet = TimeSpan.FromHours(1);

    readonly CoreServices _services;
    readonly INoticeEvents _events;
    readonly NoticeWatch _watch;
    readonly AffectedDeliveries _affected;

    // Open ones, and those that were resolved a short while ago; by what makes them one.
    readonly Dictionary<(NoticeKind Kind, string Root), NoticeRecord> _notices = [];
    readonly Dictionary<string, NoticeRecord> _unwritten = new(StringComparer.Ordinal);
    readonly List<Notice> _untold = [];
    bool _restored;
    bool _lapsed;
    DateTimeOffset _startedAt;
    DateTimeOffset _nextLook;
    DateTimeOffset _nextForgetting;

    /// <summary>Builds the service.</summary>
    /// <param name="services">The ports.</param>
    /// <param name="events">Told of what happens.</param>
    public NoticeService(CoreServices services, INoticeEvents events)
    {
        (_services, _events) = (services, events);
        _watch = new NoticeWatch(services);
        _affected = new AffectedDeliveries(services.Journal);
    }

    /// <summary>What cannot be written down at present.</summary>
    internal NoticeOutbox Outbox { get; } = new();

    NoticeSettings Settings => _services.Configuration.Current.Configuration.Notices;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _services.Notices.Changed.Next;
            try
            {
                await TurnAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, files go on, and so do the next notices.
                _events.Troubled(e);
            }

            // Whatever is raised in a moment is looked at together.
            await _services.Scheduler.DelayAsync(Breath, cancellationToken);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, _services.Scheduler.DelayAsync(NextDue() - _services.Now, enough.Token));
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Does what is due.</summary>
    internal async ValueTask TurnAsync(CancellationToken cancellationToken)
    {
        if (!_restored) await RestoreAsync(cancellationToken);
        if (_services.Now >= _nextLook)
        {
            _nextLook = _services.Now + BetweenLooks;
            await _watch.LookAsync(cancellationToken);
        }

        if (!_lapsed && _services.Now >= _startedAt + Grace)
        {
            _services.Notices.Lapse();
            _lapsed = true;
        }

        var present = Present();
        foreach (var (key, conditions) in present) await SeeAsync(key, conditions, cancellationToken);
        foreach (var key in _notices.Keys.Where(key => !present.ContainsKey(key)).ToList()) Miss(key);
        await DetailAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        if (_startedAt == default) (_startedAt, _nextForgetting) = (_services.Now, _services.Now + AfterStart);
        try
        {
            foreach (var notice in await _services.Journal.RecentNoticesAsync(_services.Now - Reappearance, cancellationToken))
            {
                // One that was opened while the journal could not be read goes on in the older one.
                if (_notices.TryGetValue((notice.Kind, notice.Root), out var newer)) Drop(newer.NoticeId);
                _notices[(notice.Kind, notice.Root)] = notice;
                if (notice.ResolvedAt is not null || notice.ClearedAt is not null) continue;
                foreach (var subject in notice.Subjects) _services.Notices.Restore(notice.Kind, subject, notice.Text);
                _watch.Adopt(notice);
            }

            _restored = true;
        }
        catch (StorageException e)
        {
            _events.Troubled(e);
        }
    }

    /// <summary>The conditions at present by what makes them one notice.</summary>
    Dictionary<(NoticeKind Kind, string Root), List<Condition>> Present() => _services.Notices.Current
        .OrderBy(condition => condition.Subject, StringComparer.Ordinal)
        .GroupBy(condition => (condition.Kind, RootOf(condition)))
        .ToDictionary(group => group.Key, group => group.ToList());

    /// <summary>
    /// One cause, one notice: several destinations behind one server are cut off together, and too little room is too little room, whether
    /// it is short already or is foreseen to be.
    /// </summary>
    string RootOf(Condition condition)
    {
        // A notice keeps its root, whatever is configured meanwhile.
        foreach (var (key, notice) in _notices)
        {
            if (key.Kind == condition.Kind && notice.ResolvedAt is null && notice.Subjects.Contains(condition.Subject)) return key.Root;
        }

        if (condition.Kind == NoticeKind.SpaceShort) return "room";
        if (condition.Kind != NoticeKind.DestinationDown) return condition.Subject;
        var destination = _services.Configuration.Current.Configuration.Destinations.FirstOrDefault(one => one.Id == condition.Subject);
        var url = destination switch
        {
            GatewayDestination gateway => gateway.Url,
            ReceiverDestination receiver => receiver.Url,
            ServiceDestination service => service.Url,
            _ => null,
        };
        return url?.GetLeftPart(UriPartial.Authority) ?? condition.Subject;
    }

    async ValueTask SeeAsync((NoticeKind Kind, string Root) key, List<Condition> conditions, CancellationToken cancellationToken)
    {
        var known = _notices.GetValueOrDefault(key);
        if (_services.Now - known?.ResolvedAt > Reappearance) known = null;

        // What is critical is of few kinds, and is told however much else there is.
        var isCritical = NoticeTexts.Of(key.Kind).Severity == NoticeSeverity.Critical;
        if (known is null && !isCritical && _notices.Values.Count(notice => notice.ResolvedAt is null) >= MostOpen) return;
        IReadOnlyList<string> subjects = [.. conditions.Select(condition => condition.Subject)];
        var text = string.Join("; ", conditions.Select(condition => condition.Text).Distinct().Take(MostTexts));
        var forecast = conditions.Max(condition => condition.Forecast);
        if (known is null)
        {
            var opened = new NoticeRecord
            {
                NoticeId = _services.Random.NextId(),
                Kind = key.Kind,
                Root = key.Root,
                Subjects = subjects,
                Text = text,
                Stage = NoticeStage.Opened,
                StageAt = _services.Now,
                OpenedAt = _services.Now,
                Forecast = forecast,
            };
            Tell(opened with { Facts = await CountAsync(opened, cancellationToken) });
            return;
        }

        var seen = known with { Subjects = subjects, Text = text, Forecast = forecast, ClearedAt = null, ResolvedAt = null };
        if (known.ResolvedAt is not null)
        {
            seen = seen with { Stage = NoticeStage.Reopened, StageAt = _services.Now, Flaps = known.Flaps + 1 };
            Tell(seen with { Facts = await CountAsync(seen, cancellationToken) });
        }
        else if (known.ClearedAt is not null)
        {
            Keep(seen with { Flaps = known.Flaps + 1 });
        }
        else if (!known.Subjects.SequenceEqual(subjects))
        {
            Keep(seen);
        }
        else
        {
            // A text that changes all the time need not be durable.
            _notices[key] = seen;
        }
    }

    void Miss((NoticeKind Kind, string Root) key)
    {
        var (notice, now) = (_notices[key], _services.Now);
        if (notice.ResolvedAt is { } resolved)
        {
            if (now - resolved > Reappearance) _notices.Remove(key);
            return;
        }

        if (notice.ClearedAt is null) Keep(notice = notice with { ClearedAt = now });
        if (now < notice.ClearedAt + QuietOf(notice)) return;
        Tell(notice with { Stage = NoticeStage.Resolved, StageAt = now, ResolvedAt = now });
    }

    async ValueTask DetailAsync(CancellationToken cancellationToken)
    {
        var due = _notices.Values.Where(notice => DetailsAt(notice) is { } at && at <= _services.Now).ToList();
        foreach (var notice in due)
        {
            var facts = await CountAsync(notice, cancellationToken);
            Tell(notice with { Stage = NoticeStage.Details, StageAt = _services.Now, Facts = facts });
        }
    }

    async ValueTask<NoticeFacts?> CountAsync(NoticeRecord notice, CancellationToken cancellationToken)
    {
        try
        {
            return await _affected.CountAsync(notice.Kind, notice.Subjects, cancellationToken);
        }
        catch (StorageException)
        {
            // Said without numbers rather than not at all; the watch says what the journal has.
            return null;
        }
    }

    void Tell(NoticeRecord notice)
    {
        Keep(notice);
        var stage = NoticeBuilder.Of(notice, _services.Configuration.Current.Configuration.Gateway);

        // What is critical goes last: it is of few kinds.
        if (_untold.Count == MostUnwritten)
            _untold.RemoveAt(Math.Max(0, _untold.FindIndex(one => one.Severity != NoticeSeverity.Critical)));
        _untold.Add(stage);
        _events.Told(stage);
    }

    void Keep(NoticeRecord notice)
    {
        _notices[(notice.Kind, notice.Root)] = notice;
        _unwritten[notice.NoticeId] = notice;
    }

    void Drop(string noticeId)
    {
        _unwritten.Remove(noticeId);
        _untold.RemoveAll(stage => stage.NoticeId == noticeId);
    }

    async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        foreach (var notice in _unwritten.Values.OrderBy(notice => notice.OpenedAt)) batch.Notices.Add(notice);
        foreach (var stage in _untold) batch.NoticeStages.Add(stage);
        if (_services.Now >= _nextForgetting)
            batch.NoticesBefore = _services.Now - _services.Configuration.Current.Configuration.Retention.Journal;
        if (batch.Notices.Count == 0 && batch.NoticesBefore is null) return;
        try
        {
            await _services.Journal.CommitAsync(batch, cancellationToken);
            if (batch.NoticesBefore is not null) _nextForgetting = _services.Now + BetweenForgetting;
            _unwritten.Clear();
            _untold.Clear();
            _services.Notices.Clear(NoticeKind.StoreFailing, Writing);
        }
        catch (StorageException e)
        {
            _services.Notices.Raise(NoticeKind.StoreFailing, Writing, $"the journal cannot be written: {e.Failure}");
        }

        if (batch.NoticeStages.Count > 0) Outbox.Offer([.. _untold]);
    }

    DateTimeOffset NextDue()
    {
        var due = _nextLook;
        foreach (var notice in _notices.Values)
        {
            if (DetailsAt(notice) is { } details && details < due) due = details;
            if (notice.ResolvedAt is null && notice.ClearedAt + QuietOf(notice) is { } quiet && quiet < due) due = quiet;
        }

        return due > _services.Now ? due : _services.Now;
    }

    DateTimeOffset? DetailsAt(NoticeRecord notice) =>
        notice is { Stage: NoticeStage.Opened or NoticeStage.Reopened, ClearedAt: null } ? notice.StageAt + Settings.DetailsAfter : null;

    TimeSpan QuietOf(NoticeRecord notice)
    {
        var quiet = Settings.Quiet * Math.Pow(2, Math.Min(notice.Flaps, 16));
        return quiet < LongestQuiet ? quiet : LongestQuiet;
    }
}

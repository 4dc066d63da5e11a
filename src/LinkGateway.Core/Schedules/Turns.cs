using System.Text.Json;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Schedules;

/// <summary>
/// The turns of something that is done by itself: waits until one is due, and keeps what came of it. A run counts when it has ended: one
/// that was broken off is made up for after the next start, and so is what fell due while nobody was there, once for all of it.
/// </summary>
/// <param name="services">The ports.</param>
/// <param name="subject">Whose turns: watch/ or pull/ and the id.</param>
/// <param name="settings">When; null means always.</param>
sealed class Turns(CoreServices services, string subject, ScheduleSettings? settings)
{
    // The clock may be set while it is waited for.
    static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    // Further than this a clock is not set to keep it in step.
    static readonly TimeSpan ClockStep = TimeSpan.FromMinutes(5);

    readonly Schedule? _schedule = settings is null ? null : new Schedule(settings, services.Configuration.Current.TimeZone);
    ScheduledRun? _last;
    DateTimeOffset _startedAt;
    int _taken;
    int _refused;
    int _growing;
    string? _trouble;
    bool _running;

    string NoteName => $"schedule/{subject}";

    public bool IsScheduled => _schedule is not null;

    public int RefusedSoFar => Volatile.Read(ref _refused);

    /// <summary>Waits until a turn is due, and begins it.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (_schedule is not null) await WaitAsync(_schedule, cancellationToken);
        _startedAt = services.Now;
        if (_schedule is not null) (_taken, _refused, _trouble) = (0, 0, null);
        _running = true;
        Show();
    }

    public void Took()
    {
        Interlocked.Increment(ref _taken);
        Show();
    }

    public void Refused()
    {
        Interlocked.Increment(ref _refused);
        Show();
    }

    /// <summary>Notes what stands in the way at present, or with null that nothing does.</summary>
    public void Trouble(string? trouble)
    {
        _trouble = trouble;
        if (trouble is null) services.Notices.Clear(NoticeKind.WorkTroubled, subject);
        else services.Notices.Raise(NoticeKind.WorkTroubled, subject, trouble);
        Show();
    }

    public void Growing(int files)
    {
        _growing = files;
        Show();
    }

    /// <summary>Ends the turn.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _running = false;
        _last = new ScheduledRun
        {
            ServedUntil = _startedAt,
            StartedAt = _startedAt,
            EndedAt = services.Now,
            Taken = _taken,
            Refused = _refused,
        };
        if (_schedule is not null) await KeepAsync(_last, cancellationToken);
        Show();
    }

    /// <summary>Ends for good: it is done no more.</summary>
    public void Leave()
    {
        services.Notices.Clear(NoticeKind.WorkTroubled, subject);
        services.Schedules.Remove(subject);
    }

    async ValueTask WaitAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        if (_last is null)
        {
            var notes = await services.Journal.NotesAsync(NoteName, cancellationToken);
            _last = notes.FirstOrDefault(note => note.Name == NoteName) is { Value: { } kept }
                ? JsonSerializer.Deserialize(kept, ScheduleJson.Default.ScheduledRun)!
                : null;
            if (_last is null) await KeepAsync(_last = new ScheduledRun { ServedUntil = services.Now }, cancellationToken);
            else (_taken, _refused) = (_last.Taken, _last.Refused);
        }

        while (true)
        {
            // A clock that was far ahead must not silence the schedule until then; a step of a clock that is kept in step is none.
            var now = services.Now;
            if (_last.ServedUntil > now + ClockStep) _last = _last with { ServedUntil = now };
            var next = schedule.Next(_last.ServedUntil);
            Show();
            if (next <= now) return;
            await services.Scheduler.DelayAsync(next - now < LongestSleep ? next - now : LongestSleep, cancellationToken);
        }
    }

    async ValueTask KeepAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        batch.Notes.Add(new JournalNote(NoteName, JsonSerializer.Serialize(run, ScheduleJson.Default.ScheduledRun)));
        await services.Journal.CommitAsync(batch, cancellationToken);
    }

    void Show() => services.Schedules.Put(new ScheduleEntry
    {
        Id = subject,
        Schedule = _schedule?.ToString(),
        Running = _running,
        LastStartedAt = _running ? _startedAt : _last?.StartedAt,
        LastEndedAt = _last?.EndedAt,
        NextAt = _last is { } last ? _schedule?.Next(_running ? _startedAt : last.ServedUntil) : null,
        Taken = _taken,
        Refused = _refused,
        Growing = _growing,
        Trouble = _trouble,
    });
}

using System.Globalization;
using System.Text.Json;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// Keeps a wrong clock from removing what nobody could get back: when it has jumped ahead by more than <c>retention.clockJump</c> since the
/// last sweep, nothing is removed until an operator says that it is right, it is put back, or the gateway has run for as long.
/// </summary>
sealed class ClockGuard(CoreServices services)
{
    const string NoteName = "retention/clock";

    // What is forgotten by a crash is less than this.
    static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(10);

    ClockMark? _mark;
    long _ranSince;
    long _notedAt;

    /// <summary>Whether the clock is to be believed; tells operators when it is not.</summary>
    public async ValueTask<bool> IsTrustedAsync(CancellationToken cancellationToken)
    {
        _mark ??= await LoadAsync(cancellationToken);
        var (before, now, mark) = (_mark, services.Now, _mark);
        var limit = services.Configuration.Current.Configuration.Retention.ClockJump;
        var ran = services.Time.GetElapsedTime(_ranSince);
        _ranSince = services.Time.GetTimestamp();

        // While the process runs its own time goes beside the clock; of a time when it did not run only the clock knows.
        if (now - mark.LastSweepAt - mark.HeldFor - ran <= limit || IsConfirmed(mark, now, limit))
        {
            mark = new ClockMark(now, null, TimeSpan.Zero);
        }
        else
        {
            mark = mark.HeldSince is null
                ? mark with { HeldSince = now, HeldFor = TimeSpan.Zero }
                : mark with { HeldFor = mark.HeldFor + ran };
            if (mark.HeldFor >= limit) mark = new ClockMark(now, null, TimeSpan.Zero);
        }

        _mark = mark;
        var turned = before.HeldSince is null != mark.HeldSince is null;
        if (turned || services.Time.GetElapsedTime(_notedAt) >= BetweenNotes) await NoteAsync(mark, cancellationToken);
        Tell(mark, limit);
        return mark.HeldSince is null;
    }

    // An order that was given before the jump, or before a further one, confirms another time.
    bool IsConfirmed(ClockMark mark, DateTimeOffset now, TimeSpan limit) =>
        mark.HeldSince is { } since
        && services.Standing.Find(StandingSubjects.Clock) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var confirmed)
        && confirmed >= since && confirmed <= now && now - confirmed <= limit;

    void Tell(ClockMark mark, TimeSpan limit)
    {
        var gateway = services.Configuration.Current.Configuration.Gateway.Id;
        if (mark.HeldSince is null)
        {
            services.Notices.Clear(NoticeKind.ClockJumped, gateway);
            return;
        }

        services.Notices.Raise(
            NoticeKind.ClockJumped, gateway,
            $"The clock has jumped ahead, from {mark.LastSweepAt:yyyy-MM-dd HH:mm} to {mark.HeldSince:yyyy-MM-dd HH:mm}. Nothing is "
            + $"removed until an operator confirms the time (linkgw operator confirm-clock) or the gateway has run for {limit:c}.");
    }

    async ValueTask<ClockMark> LoadAsync(CancellationToken cancellationToken)
    {
        _ranSince = services.Time.GetTimestamp();
        var notes = await services.Journal.NotesAsync(NoteName, cancellationToken);
        if (notes is [{ Value: { } kept }, ..]) return JsonSerializer.Deserialize(kept, RetentionJson.Default.ClockMark)!;
        var first = new ClockMark(services.Now, null, TimeSpan.Zero);
        await NoteAsync(first, cancellationToken);
        return first;
    }

    async ValueTask NoteAsync(ClockMark mark, CancellationToken cancellationToken)
    {
        _notedAt = services.Time.GetTimestamp();
        var batch = new JournalBatch();
        batch.Notes.Add(new JournalNote(NoteName, JsonSerializer.Serialize(mark, RetentionJson.Default.ClockMark)));
        await services.Journal.CommitAsync(batch, cancellationToken);
    }
}

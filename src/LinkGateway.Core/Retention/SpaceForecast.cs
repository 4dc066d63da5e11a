using System.Globalization;
using System.Text.Json;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Retention;

/// <summary>
/// Tells when the disks will be full: from what was taken in at each hour of the day in the last week, since a night is not like a day, and
/// from what goes by retention.
/// </summary>
/// <remarks>
/// What was taken in in an hour is by how much more is kept after it, and what was removed in it. It knows nothing of what others write on
/// the same disks, and of what is removed by hand.
/// </remarks>
sealed class SpaceForecast(CoreServices services, IDiskSpace disk)
{
    const string MarkName = "space/mark";
    const string Hours = "space/hour/";
    const string HourFormat = "yyyy-MM-dd'T'HH";
    const string Subject = "forecast";
    const int HoursAhead = 72;

    static readonly TimeSpan Remembered = TimeSpan.FromDays(7);
    static readonly TimeSpan Alarming = TimeSpan.FromHours(24);

    /// <summary>Notes what the past hour has brought, once an hour, and tells operators when there will be no room.</summary>
    /// <param name="removedBytes">Bytes that were removed since the last hour was noted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether an hour was noted.</returns>
    public async ValueTask<bool> SampleAsync(long removedBytes, CancellationToken cancellationToken)
    {
        var hour = HourOf(services.Now);
        var mark = await MarkAsync(cancellationToken);
        if (mark?.Hour == hour) return false;
        var kept = (await services.Journal.PayloadTotalsAsync(services.Now, cancellationToken)).Bytes;
        var batch = new JournalBatch();

        // Of an hour that was not watched from its beginning to its end nothing is known.
        if (mark is not null && hour - mark.Hour == TimeSpan.FromHours(1))
        {
            var taken = Math.Max(0, kept - mark.KeptBytes + removedBytes);
            batch.Notes.Add(new JournalNote(NameOf(mark.Hour), taken.ToString(CultureInfo.InvariantCulture)));
        }

        foreach (var old in await services.Journal.NotesAsync(Hours, cancellationToken))
            if (string.CompareOrdinal(old.Name, NameOf(hour - Remembered)) < 0) batch.Notes.Add(old with { Value = null });
        batch.Notes.Add(new JournalNote(
            MarkName, JsonSerializer.Serialize(new IntakeMark(hour, kept), RetentionJson.Default.IntakeMark)));
        await services.Journal.CommitAsync(batch, cancellationToken);
        Tell(await LookAheadAsync(cancellationToken));
        return true;
    }

    /// <summary>How the room will be.</summary>
    public async ValueTask<SpaceOutlook> LookAheadAsync(CancellationToken cancellationToken)
    {
        var now = services.Now;
        var notes = await services.Journal.NotesAsync(Hours, cancellationToken);
        if (notes.Count == 0) return new SpaceOutlook(0, null);
        var known = notes.Select(note => (Hour: HourIn(note.Name), Bytes: long.Parse(note.Value!, CultureInfo.InvariantCulture))).ToList();
        var average = known.Average(hour => hour.Bytes);
        var byHour = known.GroupBy(hour => hour.Hour.Hour).ToDictionary(hour => hour.Key, hour => hour.Average(one => one.Bytes));
        var going = await services.Journal.PayloadsGoingAsync(now.AddHours(HoursAhead), cancellationToken);
        var staying = services.Configuration.Current.Configuration.Retention.Delivered;
        var free = (double)disk.FreeBytes();
        DateTimeOffset? fullAt = null;
        for (var ahead = 1; ahead <= HoursAhead && fullAt is null; ahead++)
        {
            var (from, to) = (now.AddHours(ahead - 1), now.AddHours(ahead));
            free -= Expected(from);
            free += going.Where(hour => hour.Hour > from && hour.Hour <= to).Sum(hour => (double)hour.Bytes);

            // What is still to come goes again too, where it is kept for a short time only.
            if (from - staying > now) free += Expected(from - staying);
            if (free <= 0) fullAt = to;
        }

        var yesterday = now.AddHours(-25);
        var lately = known.Where(hour => hour.Hour >= yesterday).Select(hour => (double)hour.Bytes).DefaultIfEmpty(average).Average();
        return new SpaceOutlook((long)lately, fullAt);

        double Expected(DateTimeOffset at) => byHour.GetValueOrDefault(at.UtcDateTime.Hour, average);
    }

    void Tell(SpaceOutlook outlook)
    {
        if (outlook.FullAt is not { } full || full - services.Now > Alarming)
        {
            services.Notices.Clear(NoticeKind.SpaceShort, Subject);
            return;
        }

        services.Notices.Raise(
            NoticeKind.SpaceShort, Subject,
            $"The disks will be full at about {full:yyyy-MM-dd HH:mm}: {outlook.BytesPerHour >> 20} MiB per hour come in. Make room, or "
            + "shorten a retention.",
            full);
    }

    async ValueTask<IntakeMark?> MarkAsync(CancellationToken cancellationToken)
    {
        var notes = await services.Journal.NotesAsync(MarkName, cancellationToken);
        return notes is [{ Value: { } kept }, ..] ? JsonSerializer.Deserialize(kept, RetentionJson.Default.IntakeMark) : null;
    }

    static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    static string NameOf(DateTimeOffset hour) => Hours + hour.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);

    static DateTimeOffset HourIn(string name) => new(
        DateTime.ParseExact(name[Hours.Length..], HourFormat, CultureInfo.InvariantCulture), TimeSpan.Zero);
}

using System.Globalization;
using LinkGateway.Contract.Notices;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Notices;

/// <summary>Tells one sink, in order, each stage until it is taken; how far it has come stands in the journal.</summary>
sealed class NoticeFeed(CoreServices services, NoticeOutbox outbox, NoticeSink sink, INoticeSender sender, INoticeEvents events)
{
    const int BatchSize = 50;
    const int TriesWhenRefused = 3;

    static readonly RetryPolicy BackOff = new(int.MaxValue, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    // What was told though it did not stand in the journal, until it does.
    readonly HashSet<(string NoticeId, DateTimeOffset At)> _toldUnwritten = [];
    long? _told;
    bool _failing;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = outbox.Changed.Next;
            try
            {
                while (await TellPageAsync(cancellationToken)) cancellationToken.ThrowIfCancellationRequested();
            }
            catch (StorageException e)
            {
                events.Troubled(e);
            }

            foreach (var notice in outbox.Unwritten.Where(notice => !_toldUnwritten.Contains((notice.NoticeId, notice.At))))
            {
                if (IsWanted(notice)) await TellAsync(notice, cancellationToken);
                _toldUnwritten.Add((notice.NoticeId, notice.At));
            }

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, services.Scheduler.DelayAsync(LongestSleep, enough.Token));
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Tells some of what is new.</summary>
    /// <returns>Whether there may be more.</returns>
    async ValueTask<bool> TellPageAsync(CancellationToken cancellationToken)
    {
        if (_told is null) await BeginAsync(cancellationToken);
        var page = await services.Journal.NoticeStagesSinceAsync(_told!.Value, BatchSize, cancellationToken);
        foreach (var notice in page)
        {
            var isNew = !_toldUnwritten.Remove((notice.NoticeId, notice.At));
            if (isNew && IsWanted(notice)) await TellAsync(notice, cancellationToken);
            _told = notice.Number;
            await KeepAsync(notice.Number, cancellationToken);
        }

        return page.Count == BatchSize;
    }

    /// <summary>Finds where to go on. A new sink is told what is wrong at present, and from then on all.</summary>
    async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (await services.Journal.PeerCursorAsync(CursorOf(sink.Id), cancellationToken) is { Length: > 0 } cursor)
        {
            _told = long.Parse(cursor, CultureInfo.InvariantCulture);
            return;
        }

        var heads = await services.Journal.FeedHeadsAsync(cancellationToken);
        foreach (var open in await services.Journal.RecentNoticesAsync(services.Now, cancellationToken))
        {
            var notice = NoticeBuilder.Of(open, services.Configuration.Current.Configuration.Gateway);
            if (IsWanted(notice)) await TellAsync(notice, cancellationToken);
        }

        _told = heads.NoticeStage;
        await KeepAsync(heads.NoticeStage, cancellationToken);
    }

    async ValueTask TellAsync(Notice notice, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            if (await IsStaleAsync(notice, cancellationToken))
            {
                events.Skipped(sink.Id, notice, "it could not be told for longer than notices.giveUpAfter, and it is over");
                return;
            }

            var sent = await sender.SendAsync(sink, notice, cancellationToken);
            if (sent.Taken)
            {
                if (_failing) events.SinkWorks(sink.Id);
                _failing = false;
                return;
            }

            if (!_failing) events.SinkFailed(sink.Id, sent.Text);
            _failing = true;
            if (sent.Refused && tries >= TriesWhenRefused)
            {
                events.Skipped(sink.Id, notice, sent.Text);
                return;
            }

            await services.Scheduler.DelayAsync(BackOff.Delay(tries, services.Random.NextFraction()), cancellationToken);
        }
    }

    bool IsWanted(Notice notice) =>
        notice.Severity >= sink.MinimumSeverity && (sink.Resolved || notice.Stage != NoticeStage.Resolved);

    async ValueTask<bool> IsStaleAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (notice.At > services.Now - services.Configuration.Current.Configuration.Notices.GiveUpAfter) return false;
        try
        {
            var open = await services.Journal.RecentNoticesAsync(services.Now, cancellationToken);
            return open.All(one => one.NoticeId != notice.NoticeId);
        }
        catch (StorageException)
        {
            return false;
        }
    }

    async ValueTask KeepAsync(long number, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        batch.PeerCursors.Add((CursorOf(sink.Id), number.ToString(CultureInfo.InvariantCulture)));
        await services.Journal.CommitAsync(batch, cancellationToken);
    }

    // No destination has a slash in its id.
    static string CursorOf(string sinkId) => $"notices/{sinkId}";
}

using LinkGateway.Contract.Operator;
using LinkGateway.Core.Files;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Deadlines;

/// <summary>
/// Tells operators in time: of deadlines that will be missed as it looks now, or are, and of expected files that are late.
/// </summary>
/// <remarks>
/// It knows nothing but the journal and the configuration, so a restart changes nothing but the rate, which is measured anew.
/// </remarks>
public sealed class DeadlineWatch(CoreServices services)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    readonly Forecasts _forecasts = new(services);
    readonly ExpectedFiles _expected = new(services);
    readonly HashSet<string> _raised = new(StringComparer.Ordinal);
    DateTimeOffset _looked = services.Now;

    /// <summary>Looks twice a minute, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (StorageException)
            {
                // Whoever writes is told of the trouble; the next look is soon.
            }

            await services.Scheduler.DelayAsync(Interval, cancellationToken);
        }
    }

    /// <summary>Looks once.</summary>
    internal async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        await LookAtDeadlinesAsync(cancellationToken);
        await LookAtFilesAsync(cancellationToken);
    }

    async ValueTask LookAtDeadlinesAsync(CancellationToken cancellationToken)
    {
        var hasDeadlines = services.Configuration.Current.Routes.All.Any(route => route.Deadline is not null);
        if (!hasDeadlines && _raised.Count == 0) return;
        var report = await _forecasts.ReadAsync(cancellationToken);
        CountWaiting(report);
        var worst = report.Routes.Where(route => route.Deadline is not null)
            .GroupBy(SubjectOf).ToDictionary(group => group.Key, group => group.MaxBy(route => route.Verdict)!);
        foreach (var (subject, route) in worst)
        {
            Tell(NoticeKind.DeadlineMissed, subject, route, route.Verdict == DeadlineVerdict.Missed);
            Tell(NoticeKind.DeadlineAtRisk, subject, route, route.Verdict == DeadlineVerdict.AtRisk);
        }

        foreach (var subject in _raised.Except(worst.Keys).ToList())
        {
            services.Notices.Clear(NoticeKind.DeadlineMissed, subject);
            services.Notices.Clear(NoticeKind.DeadlineAtRisk, subject);
            _raised.Remove(subject);
        }
    }

    // What may go and does not go stands still.
    void CountWaiting(ForecastReport report)
    {
        foreach (var route in report.Routes.Where(route => route is { Files: > 0, StartsAt: null }))
            services.Flow.Waited(route.Destination, _looked, report.Now);
        _looked = report.Now;
    }

    void Tell(NoticeKind kind, string subject, RouteForecast route, bool holds)
    {
        if (!holds)
        {
            services.Notices.Clear(kind, subject);
            return;
        }

        _raised.Add(subject);
        var forecast = route.FinishesAt is { } finishes ? $", forecast {Time(finishes)}" : "";
        services.Notices.Raise(
            kind, subject,
            $"deadline {Time(route.Deadline!.Value)}{forecast}; {route.Files} files, {route.Bytes} bytes wait for {route.Destination}, "
                + $"{route.Elsewhere} elsewhere; the oldest was accepted at {Time(route.Oldest)}");
    }

    async ValueTask LookAtFilesAsync(CancellationToken cancellationToken)
    {
        var now = services.Now;
        foreach (var expectation in services.Configuration.Current.Expectations)
        {
            var entry = await _expected.ReadAsync(expectation, now, cancellationToken);
            if (entry is { State: ExpectedState.Late })
            {
                services.Notices.Raise(
                    NoticeKind.FileLate, expectation.Subject,
                    $"no file of {entry.InterfaceId} from {entry.Origin} since {Time(entry.From)}; due by {Time(entry.By)}. {entry.Text}"
                        .Trim());
            }
            else
            {
                services.Notices.Clear(NoticeKind.FileLate, expectation.Subject);
            }
        }
    }

    static string SubjectOf(RouteForecast route) => $"{route.Origin}/{route.InterfaceId}/{route.Receiver}";

    static string Time(DateTimeOffset at) => $"{at:yyyy-MM-dd'T'HH:mm:sszzz}";
}

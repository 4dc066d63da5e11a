using LinkGateway.Core.Ports;

namespace LinkGateway.Core.Notices;

/// <summary>
/// Runs a feed for each of some settings and follows them as they change. The feed of changed settings begins when that of the former
/// ones has ended: in one order, nothing told twice at once.
/// </summary>
/// <typeparam name="T">The settings of a feed; each configuration in force has objects of its own.</typeparam>
/// <param name="scheduler">Starts the feeds.</param>
/// <param name="idOf">Of which there is one feed at a time.</param>
/// <param name="run">A feed; runs until cancelled.</param>
/// <param name="forget">What is done for an id that has no settings any more.</param>
/// <param name="troubled">Told when a feed has ended with an exception; it is begun again.</param>
sealed class FeedSet<T>(
    IScheduler scheduler, Func<T, string> idOf, Func<T, CancellationToken, Task> run, Func<string, CancellationToken, ValueTask> forget,
    Action<Exception> troubled)
    where T : class
{
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);

    /// <summary>Runs until cancelled; then waits for the feeds.</summary>
    public async Task RunAsync(Func<IEnumerable<T>> wanted, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await FollowAsync(wanted().ToDictionary(idOf, StringComparer.Ordinal), cancellationToken);
                await scheduler.DelayAsync(LookAgain, cancellationToken);
            }
        }
        finally
        {
            foreach (var id in _running.Keys.ToList()) await EndAsync(id);
        }
    }

    async ValueTask FollowAsync(Dictionary<string, T> wanted, CancellationToken cancellationToken)
    {
        foreach (var (id, feed) in _running.ToList())
        {
            if (wanted.TryGetValue(id, out var settings) && ReferenceEquals(settings, feed.Settings) && !feed.Work.IsCompleted) continue;
            if (feed.Work.Exception?.InnerException is { } trouble) troubled(trouble);
            await EndAsync(id);
            if (!wanted.ContainsKey(id)) await forget(id, cancellationToken);
        }

        foreach (var (id, settings) in wanted.Where(one => !_running.ContainsKey(one.Key)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _running.Add(id, new Running(settings, scheduler.Run(() => run(settings, stop.Token)), stop));
        }
    }

    async ValueTask EndAsync(string id)
    {
        _running.Remove(id, out var feed);
        await feed!.Stop.CancelAsync();
        await feed.Work.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        feed.Stop.Dispose();
    }

    sealed record Running(T Settings, Task Work, CancellationTokenSource Stop);
}

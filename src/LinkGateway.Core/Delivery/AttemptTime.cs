using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Watches the time of one attempt by one way.</summary>
sealed class AttemptTime : IAsyncDisposable
{
    // A configuration that gives more time meanwhile is heeded.
    static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    readonly CoreServices _services;
    readonly Func<DateTimeOffset?> _endsAt;
    readonly CancellationTokenSource _up = new();
    readonly CancellationTokenSource _over = new();
    readonly Task _watch;

    /// <summary>Begins to watch.</summary>
    /// <param name="services">Clock and scheduler.</param>
    /// <param name="endsAt">When the time is over as it looks at present; null: never.</param>
    public AttemptTime(CoreServices services, Func<DateTimeOffset?> endsAt)
    {
        (_services, _endsAt) = (services, endsAt);
        _watch = services.Scheduler.Run(WatchAsync);
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Up => _up.Token;

    /// <summary>Ends the watch.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watch;
        _up.Dispose();
        _over.Dispose();
    }

    async Task WatchAsync()
    {
        while (_endsAt() is { } end)
        {
            var rest = end - _services.Now;
            if (rest <= TimeSpan.Zero)
            {
                await _up.CancelAsync();
                return;
            }

            await _services.Scheduler.DelayAsync(rest < LookAgain ? rest : LookAgain, _over.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (_over.IsCancellationRequested) return;
        }
    }
}

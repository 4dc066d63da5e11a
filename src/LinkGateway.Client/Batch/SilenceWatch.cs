namespace LinkGateway.Client.Batch;

/// <summary>Cancels a call when nothing has moved for a while (DESIGN section 8: silence, never a total time).</summary>
sealed class SilenceWatch : IDisposable
{
    readonly TimeSpan _limit;
    readonly CancellationTokenSource _silent;
    readonly CancellationTokenSource _linked;

    public SilenceWatch(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _silent = new CancellationTokenSource(limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_silent.Token, cancellationToken);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>Whether it was silence that cancelled.</summary>
    public bool IsSilent => _silent.IsCancellationRequested;

    /// <summary>Something moved: the network asks for the next bytes only when it took the last.</summary>
    public void Broken() => _silent.CancelAfter(_limit);

    /// <summary>Stops watching until something moves again.</summary>
    public void Suspend() => _silent.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _linked.Dispose();
        _silent.Dispose();
    }
}

using LinkGateway.Core.Files;

namespace LinkGateway.Storage.Files;

/// <summary>An open spool file, shared by all writers and readers of one payload. Its flushes are shared too.</summary>
sealed class SpoolFile(IFileHandle handle)
{
    readonly Lock _gate = new();
    Task _running = Task.CompletedTask;
    Task? _waiting;
    int _failedFlushes;

    public IFileHandle Handle => handle;

    /// <summary>
    /// Flushes that have failed. The operating system reports a lost write once and then forgets it (Linux marks the pages clean), so a
    /// writer whose bytes were in the file when a flush failed must not trust a later flush that succeeds.
    /// </summary>
    public int FailedFlushes => Volatile.Read(ref _failedFlushes);

    /// <summary>A flush that begins after this call, and so covers all that was written before it.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            return _waiting ??= FlushAfterAsync(_running);
        }
    }

    async Task FlushAfterAsync(Task running)
    {
        // Yielding lets the caller leave the lock; all that come until the running flush has ended share this one.
        await running.ConfigureAwait(
            ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        lock (_gate)
        {
            _running = _waiting!;
            _waiting = null;
        }

        try
        {
            await handle.FlushAsync(CancellationToken.None);
        }
        catch
        {
            Interlocked.Increment(ref _failedFlushes);
            throw;
        }
    }
}

namespace LinkGateway.Core.Transfers;

/// <summary>
/// The fence of one attempt of an upload. A newer attempt ends every request of the older one, and begins only when the last of them has
/// let go of its chunk: so a chunk has one writer, and a request that hung on a dead connection cannot write behind the new one's back.
/// </summary>
sealed class UploadAttempt(int number)
{
    readonly Lock _lock = new();
    readonly List<UploadLease> _leases = [];
    bool _fenced;

    public int Number { get; } = number;

    /// <summary>
    /// Lets a request in; a request for the same chunk that still runs is ended first. Null when the attempt is fenced off.
    /// </summary>
    public async ValueTask<UploadLease?> EnterAsync(int? chunk, CancellationToken request)
    {
        while (true)
        {
            UploadLease? rival;
            lock (_lock)
            {
                if (_fenced) return null;
                rival = _leases.Find(lease => lease.Chunk is null || chunk is null || lease.Chunk == chunk);
                if (rival is null)
                {
                    var lease = new UploadLease(this, chunk, request);
                    _leases.Add(lease);
                    return lease;
                }
            }

            await rival.TakeOverAsync();
        }
    }

    /// <summary>Ends all requests of this attempt and lets no more in.</summary>
    public async Task FenceAsync()
    {
        UploadLease[] running;
        lock (_lock)
        {
            _fenced = true;
            running = [.. _leases];
        }

        // All are told before any is waited for: a sender may have had many chunks on its way.
        await Task.WhenAll(running.Select(lease => lease.TakeOverAsync()));
    }

    public void Leave(UploadLease lease)
    {
        lock (_lock) _leases.Remove(lease);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using LinkGateway.Core.Timing;

namespace LinkGateway.Core.Delivery;

/// <summary>What is under way for single deliveries: at most one thing for each. Thread-safe.</summary>
sealed class DeliverySlots
{
    readonly ConcurrentDictionary<string, CancellationTokenSource> _taken = new(StringComparer.Ordinal);

    /// <summary>Tells that one is free again.</summary>
    public AsyncSignal Freed { get; } = new();

    /// <summary>Whether something is under way for the delivery.</summary>
    public bool IsTaken(string deliveryId) => _taken.ContainsKey(deliveryId);

    /// <summary>Takes the slot of a delivery for which nothing is under way.</summary>
    /// <returns>Cancelled when what is under way is to end.</returns>
    public CancellationTokenSource Take(string deliveryId, CancellationToken stopping)
    {
        var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var isFree = _taken.TryAdd(deliveryId, ended);
        Debug.Assert(isFree, "Two attempts at one delivery.");
        return ended;
    }

    /// <summary>Asks that what is under way for a delivery ends.</summary>
    /// <returns>Whether anything was under way.</returns>
    public async ValueTask<bool> EndAsync(string deliveryId)
    {
        if (!_taken.TryGetValue(deliveryId, out var ended)) return false;
        try
        {
            await ended.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }

        return true;
    }

    /// <summary>Frees the slot of a delivery: nothing of it is under way any more.</summary>
    public void Free(string deliveryId)
    {
        if (_taken.TryRemove(deliveryId, out var ended)) ended.Dispose();
        Freed.Pulse();
    }

    /// <summary>Waits until nothing is under way.</summary>
    public async Task EmptyAsync()
    {
        while (true)
        {
            var freed = Freed.Next;
            if (_taken.IsEmpty) return;
            await freed;
        }
    }
}

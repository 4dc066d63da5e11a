using System.Collections.Concurrent;

namespace LinkGateway.Core.Intake;

/// <summary>
/// Knows what stores are doing and since when, so that one that hangs is noticed while it hangs and not when it has come back.
/// </summary>
/// <remarks>Costs two entries in a table an operation. Thread-safe.</remarks>
public sealed class StoreWatch(TimeProvider time)
{
    readonly ConcurrentDictionary<Operation, byte> _running = [];

    /// <summary>Begins an operation of a store; dispose it when it has ended, however it ended.</summary>
    /// <param name="store">The store, such as <c>spool</c> or <c>journal</c>.</param>
    public Operation Begin(string store)
    {
        var operation = new Operation(this, store, time.GetTimestamp());
        _running[operation] = 0;
        return operation;
    }

    /// <summary>The stores that have been at one operation for longer than <paramref name="limit"/>, with the longest.</summary>
    public IReadOnlyDictionary<string, TimeSpan> SlowerThan(TimeSpan limit)
    {
        Dictionary<string, TimeSpan> slow = new(StringComparer.Ordinal);
        // The enumerator takes no locks, as Keys would.
        foreach (var (operation, _) in _running)
        {
            var elapsed = time.GetElapsedTime(operation.Began);
            if (elapsed > limit && elapsed > slow.GetValueOrDefault(operation.Store)) slow[operation.Store] = elapsed;
        }

        return slow;
    }

    /// <summary>An operation that runs.</summary>
    public sealed class Operation : IDisposable
    {
        readonly StoreWatch _watch;

        internal Operation(StoreWatch watch, string store, long began) => (_watch, Store, Began) = (watch, store, began);

        internal string Store { get; }

        internal long Began { get; }

        /// <summary>It has ended.</summary>
        public void Dispose() => _watch._running.TryRemove(this, out _);
    }
}

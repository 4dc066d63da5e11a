using System.Runtime.InteropServices;

namespace LinkGateway.Core.Dispatch;

/// <summary>The deliveries that are under way, counted by what limits them. Thread-safe.</summary>
public sealed class RunningDeliveries
{
    readonly Lock _gate = new();
    readonly Dictionary<string, RunningDelivery> _running = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _ofClass = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _toDestination = new(StringComparer.Ordinal);
    readonly Dictionary<RouteKey, int> _ofRoute = [];
    int _ordinary;

    /// <summary>All.</summary>
    public int Total
    {
        get
        {
            lock (_gate) return _running.Count;
        }
    }

    /// <summary>Those of classes that are not urgent.</summary>
    public int Ordinary
    {
        get
        {
            lock (_gate) return _ordinary;
        }
    }

    /// <summary>Those of a class.</summary>
    public int OfClass(string name)
    {
        lock (_gate) return _ofClass.GetValueOrDefault(name);
    }

    internal int OfRoute(RouteKey key)
    {
        lock (_gate) return _ofRoute.GetValueOrDefault(key);
    }

    internal int To(string destinationId)
    {
        lock (_gate) return _toDestination.GetValueOrDefault(destinationId);
    }

    internal void Enter(string deliveryId, RunningDelivery delivery)
    {
        lock (_gate)
        {
            _running.Add(deliveryId, delivery);
            Count(delivery, 1);
        }
    }

    /// <summary>It goes by another destination now.</summary>
    internal void Turn(string deliveryId, string destinationId)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(deliveryId, out var before)) Turn(deliveryId, before, destinationId);
        }
    }

    /// <summary>
    /// It goes by another destination now, if that has room for one more: asked and counted at once, for others turn there too.
    /// </summary>
    /// <returns>Whether it does.</returns>
    internal bool TryTurn(string deliveryId, string destinationId, int? most)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(deliveryId, out var before) || before.DestinationId == destinationId) return true;
            if (most <= _toDestination.GetValueOrDefault(destinationId)) return false;
            Turn(deliveryId, before, destinationId);
            return true;
        }
    }

    internal void Leave(string deliveryId)
    {
        lock (_gate)
        {
            if (_running.Remove(deliveryId, out var delivery)) Count(delivery, -1);
        }
    }

    void Turn(string deliveryId, RunningDelivery before, string destinationId)
    {
        var after = before with { DestinationId = destinationId };
        Count(before, -1);
        Count(after, 1);
        _running[deliveryId] = after;
    }

    void Count(RunningDelivery delivery, int by)
    {
        if (!delivery.Urgent) _ordinary += by;
        Add(_ofClass, delivery.Class, by);
        Add(_toDestination, delivery.DestinationId, by);
        if (delivery.Route is { } route) Add(_ofRoute, route, by);
    }

    static void Add<T>(Dictionary<T, int> counts, T key, int by)
        where T : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        count += by;
        if (count == 0) counts.Remove(key);
    }
}

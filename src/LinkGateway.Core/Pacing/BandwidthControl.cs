using System.Collections.Concurrent;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Ports;

namespace LinkGateway.Core.Pacing;

/// <summary>
/// The bandwidth of routes and destinations (<c>routes[].bandwidth</c>, <c>destinations[].bandwidth</c>), shared by the deliveries that
/// run. A reload changes the rate of what runs.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class BandwidthControl
{
    const long ShortFile = 1 << 20;

    readonly ConfigurationSource _configuration;
    readonly IScheduler _scheduler;
    readonly TimeProvider _time;
    readonly IDeliveryWeights _weights;
    readonly ConcurrentDictionary<CapKey, BandwidthBucket> _buckets = [];

    /// <summary>Begins.</summary>
    public BandwidthControl(ConfigurationSource configuration, IScheduler scheduler, TimeProvider time, IDeliveryWeights weights)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        (_configuration, _scheduler, _time, _weights) = (configuration, scheduler, time, weights);
        configuration.Changed += snapshot =>
        {
            foreach (var (key, bucket) in _buckets) bucket.Set(RateOf(snapshot, key));
        };
    }

    /// <summary>The payload as it may go out to a destination; the reader is its own from now on.</summary>
    internal IPayloadReader Pace(IPayloadReader reader, TransferRecord transfer, DeliveryRecord delivery, string destinationId)
    {
        var (manifest, snapshot) = (transfer.Manifest, _configuration.Current);
        var route = snapshot.Routes.Resolve(manifest.Origin, manifest.InterfaceId, delivery.Receiver);
        var toDestination = new CapKey(destinationId, null, null, null);
        var destinationRate = RateOf(snapshot, toDestination);

        // What is gone in a moment is not worth a lane that only a reload would fill.
        if (destinationRate is null && route?.Bandwidth is null && transfer.Size <= ShortFile) return reader;
        double Weight() => _weights.WeightOf(transfer, delivery);
        var destination = ShareOf(toDestination, destinationRate, delivery.DeliveryId, Weight);
        if (route is null) return new PacedReader(reader, [destination]);

        // A route for any origin has one cap for all of them.
        var byRoute = new CapKey(null, route.Origin, route.Interface.Id, route.Receiver);
        return new PacedReader(reader, [ShareOf(byRoute, route.Bandwidth, delivery.DeliveryId, Weight), destination]);
    }

    BandwidthShare ShareOf(CapKey key, long? rate, string deliveryId, Func<double> weight)
    {
        var bucket = _buckets.GetOrAdd(key, static (_, self) => new BandwidthBucket(self._scheduler, self._time), this);
        bucket.Set(rate);
        return new BandwidthShare(bucket, bucket.Join(deliveryId, weight));
    }

    static long? RateOf(ConfigurationSnapshot snapshot, CapKey key) => key.Destination is { } id
        ? snapshot.Configuration.Destinations.FirstOrDefault(destination => destination.Id == id)?.Bandwidth
        : snapshot.Routes.Resolve(key.Origin!, key.Interface!, key.Receiver!)?.Bandwidth;

    /// <summary>Whose cap it is: a destination's, or a route's.</summary>
    readonly record struct CapKey(string? Destination, string? Origin, string? Interface, string? Receiver);
}

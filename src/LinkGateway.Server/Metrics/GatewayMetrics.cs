using System.Diagnostics.Metrics;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Server.Metrics;

/// <summary>The counters of the process, under the meter <see cref="MeterName"/>. Thread-safe.</summary>
public sealed class GatewayMetrics
{
    /// <summary>Name of the meter, to be named to an exporter.</summary>
    public const string MeterName = "LinkGateway";

    readonly Counter<long> _received;
    readonly Counter<long> _accepted;
    readonly Counter<long> _refusals;

    /// <summary>Creates the counters.</summary>
    /// <param name="meters">The process's meters.</param>
    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _received = meter.CreateCounter<long>("linkgateway.received", "By", "Payload bytes that were received and are durable");
        _accepted = meter.CreateCounter<long>("linkgateway.transfers.accepted", "{transfer}", "Answers with an accepted receipt");
        _refusals = meter.CreateCounter<long>("linkgateway.refusals", "{refusal}", "Coded refusals, by code and by whose fault it was");
    }

    /// <summary>Counts payload bytes that became durable.</summary>
    public void Received(long bytes) => _received.Add(bytes);

    /// <summary>Counts an accepted transfer.</summary>
    public void Accepted() => _accepted.Add(1);

    /// <summary>Counts a refusal.</summary>
    public void Refused(ErrorEntry error) => _refusals.Add(1, new("code", error.Code), new("side", error.Side.ToString()));
}

using System.Diagnostics.Metrics;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;
using LinkGateway.Relay.Records;

namespace LinkGateway.Server.Metrics;

/// <summary>The counters of the process, under the meter <see cref="MeterName"/>. Thread-safe.</summary>
public sealed class GatewayMetrics : IDisposable
{
    /// <summary>Name of the meter, to be named to an exporter.</summary>
    public const string MeterName = "LinkGateway";

    readonly Meter _meter = new(MeterName);
    readonly Counter<long> _received;
    readonly Counter<long> _accepted;
    readonly Counter<long> _refusals;
    readonly Counter<long> _deliveries;
    readonly Counter<long> _deviations;
    readonly Counter<long> _invalid;
    readonly Histogram<double> _calls;
    readonly Counter<long> _receiverFailures;

    /// <summary>Creates the counters.</summary>
    public GatewayMetrics()
    {
        _received = _meter.CreateCounter<long>("linkgateway.received", "By", "Payload bytes that were received and are durable");
        _accepted = _meter.CreateCounter<long>("linkgateway.transfers.accepted", "{transfer}", "Answers with an accepted receipt");
        _refusals = _meter.CreateCounter<long>("linkgateway.refusals", "{refusal}", "Coded refusals, by code and by whose fault it was");
        _deliveries = _meter.CreateCounter<long>("linkgateway.deliveries", "{attempt}", "Delivery attempts that ended, by state");
        _deviations = _meter.CreateCounter<long>(
            "linkgateway.deviations", "{message}",
            "Messages that departed from a standard, by participant, deviation and whether they were refused");
        _invalid = _meter.CreateCounter<long>(
            "linkgateway.calls.invalid", "{message}", "Messages of synchronous interfaces that departed from their contract");
        _receiverFailures = _meter.CreateCounter<long>(
            "linkgateway.calls.receiver_failures", "{call}", "Calls that failed at a receiver, by destination and code");
        _calls = _meter.CreateHistogram<double>(
            "linkgateway.calls.duration", "s", "Synchronous calls, from the first byte of the request to the last of the answer");
    }

    /// <summary>Counts payload bytes that became durable.</summary>
    public void Received(long bytes) => _received.Add(bytes);

    /// <summary>Counts an accepted transfer.</summary>
    public void Accepted() => _accepted.Add(1);

    /// <summary>Counts a refusal.</summary>
    public void Refused(ErrorEntry error) => _refusals.Add(1, new("code", error.Code), new("side", error.Side.ToString()));

    /// <summary>Counts a delivery attempt that ended.</summary>
    public void Delivered(DeliveryState state) => _deliveries.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));

    /// <summary>Counts a message that departed from a standard.</summary>
    public void Deviated(string participant, string deviation, bool refused) =>
        _deviations.Add(1, new("participant", participant), new("deviation", deviation), new("refused", refused));

    /// <summary>Counts a message that departed from its contract.</summary>
    public void Invalid(string interfaceId, string direction, bool refused) =>
        _invalid.Add(1, new("interface", interfaceId), new("direction", direction), new("refused", refused));

    /// <summary>Counts a call that failed at a receiver; another may have served it.</summary>
    public void ReceiverFailed(string destinationId, string code) =>
        _receiverFailures.Add(1, new("destination", destinationId), new("code", code));

    /// <summary>Counts a call that ended, and its time.</summary>
    public void Called(CallRecord call)
    {
        ArgumentNullException.ThrowIfNull(call);
        _calls.Record(((call.EndedAt ?? call.ReceivedAt) - call.ReceivedAt).TotalSeconds,
            new("interface", call.Interface), new("outcome", call.Outcome.ToString()));
    }

    /// <summary>Ends the counters.</summary>
    public void Dispose() => _meter.Dispose();
}

using System.Text.Json.Nodes;
using LinkGateway.Contract.Messages;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Receivers;

/// <summary>A world whose receiver is a receiving system that files are pushed to.</summary>
static class ReceiverConfiguration
{
    public const string Destination = "zei-files";

    /// <summary>Leads the receiver's files to its system, in five attempts, and changes more of the destination.</summary>
    public static Action<JsonNode> With(
        string handOver = "submit", bool offersStatus = false, bool atMostOnce = false, Action<JsonNode>? more = null) => json =>
    {
        var destination = JsonNode.Parse($$"""
            { "id": "{{Destination}}", "kind": "receiver", "url": "https://zei.example/files", "handOver": "{{handOver}}" }
            """)!;
        destination["offersStatus"] = offersStatus;
        destination["atMostOnce"] = atMostOnce;
        more?.Invoke(destination);
        json["destinations"]!.AsArray().Add(destination);
        var route = json["routes"]!.AsArray().First(candidate => (string?)candidate!["receiver"] == Receiver)!;
        route["destination"] = Destination;
        route["retry"] = JsonNode.Parse("""{ "attempts": 5, "firstDelay": "00:00:10", "maxDelay": "00:01:00" }""");
    };

    /// <summary>The identity under which a file is pushed.</summary>
    public static TransferReference Pushed(string transferId) =>
        new() { Origin = Origin, TransferId = transferId, Receiver = Receiver };
}

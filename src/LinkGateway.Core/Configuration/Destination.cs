using System.Text.Json.Serialization;

namespace LinkGateway.Core.Configuration;

/// <summary>A 宛先: how a receiver is reached.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FolderDestination), "folder")]
[JsonDerivedType(typeof(GatewayDestination), "gateway")]
[JsonDerivedType(typeof(InboxDestination), "inbox")]
[JsonDerivedType(typeof(ServiceDestination), "service")]
[JsonDerivedType(typeof(ReceiverDestination), "receiver")]
public abstract record Destination
{
    /// <summary>Id that routes name.</summary>
    public required string Id { get; init; }

    /// <summary>The environment of what lies behind it; null means the gateway's. Must be the same as the gateway's.</summary>
    public OperatingEnvironment? Environment { get; init; }

    /// <summary>Planned stops (計画停止): until their end, what goes there waits; no attempt is used up.</summary>
    public IReadOnlyList<PlannedStop> Maintenance { get; init; } = [];

    /// <summary>When it is left alone.</summary>
    public OutageSettings Outage { get; init; } = new();

    /// <summary>
    /// Deliveries that begin in a second after it was left alone, until what had to wait is gone; 1 to 1000. Afterwards as many as come.
    /// </summary>
    public int Drain { get; init; } = 50;

    /// <summary>Deliveries that may be under way to it at the same time; null means as many as there are workers.</summary>
    internal virtual int? MostDeliveries => null;
}

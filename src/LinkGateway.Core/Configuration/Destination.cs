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

    /// <summary>
    /// Most bytes a second of files and stored messages that go there, all deliveries together; null: no cap.
    /// </summary>
    public long? Bandwidth { get; init; }
}

using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Messages;

namespace LinkGateway.Core.Delivery;

/// <summary>A stored message to be posted once.</summary>
public sealed record MessagePost
{
    /// <summary>Where to: a <see cref="ServiceDestination"/> or a <see cref="GatewayDestination"/>.</summary>
    public required Destination Destination { get; init; }

    /// <summary>The transfer here.</summary>
    public required TransferIdentity Identity { get; init; }

    /// <summary>Its manifest, to be handed on unchanged to a gateway; <see cref="MessageProperties"/> say what HTTP must repeat.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>The receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>0, or n for the n-th copy; told to gateways.</summary>
    public int Replay { get; init; }

    /// <summary>Id of the delivery, the same in every attempt.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The body as it came.</summary>
    public required PayloadContent Content { get; init; }

    /// <summary>Gateways that it came through, this one included.</summary>
    public required IReadOnlyList<string> Hops { get; init; }

    /// <summary>The entry gateway's accepted receipt, to be handed on to a gateway.</summary>
    public required ReadOnlyMemory<byte> EntryReceiptDocument { get; init; }

    /// <summary>
    /// To a receiver who shall reply: what the callback address of this gateway holds, which takes the place of ReplyTo and FaultTo. Else
    /// null.
    /// </summary>
    public CallbackToken? ReplyTo { get; init; }

    /// <summary>Of a reply that goes to another gateway: what the callback address there holds, to which it is posted. Else null.</summary>
    public CallbackToken? InReplyTo { get; init; }
}

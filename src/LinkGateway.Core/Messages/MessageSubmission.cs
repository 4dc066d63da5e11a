using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Messages;

/// <summary>
/// A stored message as it was posted: what the gateway makes its manifest of. The payload is the body as it came, unchanged.
/// </summary>
public sealed record MessageSubmission
{
    /// <summary>The receiver that the address leads to; of no account in a reply, which goes to who made the message.</summary>
    public string? Receiver { get; init; }

    /// <summary>The interface that the address leads to; of no account in a reply.</summary>
    public string? InterfaceId { get; init; }

    /// <summary>The version of the interface that the message follows; null: that in force. Of no account in a reply.</summary>
    public string? InterfaceVersion { get; init; }

    /// <summary>The operation of the contract that the message calls. Of no account in a reply.</summary>
    public string? Operation { get; init; }

    /// <summary>wsa:MessageID, which becomes the transfer id; null: the gateway makes one, and duplicates cannot be recognised.</summary>
    public string? MessageId { get; init; }

    /// <summary>Content-Type as it came, with all its parameters.</summary>
    public required string ContentType { get; init; }

    /// <summary>Content-Encoding of the body as it is stored; null means none.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>SOAPAction as it came, quotes included; null when there was none.</summary>
    public string? SoapAction { get; init; }

    /// <summary>Version of SOAP: <c>1.1</c> or <c>1.2</c>.</summary>
    public required string SoapVersion { get; init; }

    /// <summary>wsa:RelatesTo; a reply must have it.</summary>
    public string? RelatesTo { get; init; }

    /// <summary>Address of wsa:ReplyTo, when a reply shall be posted there; null for none, and for the anonymous address.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Address of wsa:FaultTo, by the same rule.</summary>
    public string? FaultTo { get; init; }

    /// <summary>Of a reply: whether it is a fault.</summary>
    public bool IsFault { get; init; }

    /// <summary>Size of the body in bytes where it is known beforehand; binding when given.</summary>
    public long? Size { get; init; }

    /// <summary>SHA-256 of the body where it is known beforehand; binding when given.</summary>
    public Sha256Digest? Sha256 { get; init; }

    /// <summary>
    /// What a gateway hands on; its manifest then stands for all that is stated here. Null where the origin itself posts.
    /// </summary>
    public MessageForward? Forward { get; init; }
}

using System.IO.Pipelines;

namespace LinkGateway.Relay.Channels;

/// <summary>A call as it is sent to one destination.</summary>
public sealed record OutgoingCall
{
    /// <summary>Where it goes.</summary>
    public required Uri Address { get; init; }

    /// <summary>The value of the Content-Type header.</summary>
    public required string ContentType { get; init; }

    /// <summary>Length of the body; null where it is not known.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The HTTP headers beside it, in order, SOAPAction among them; none that belongs to the connection.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>
    /// Writes the body. What it throws is the sender's fault: it passes through unchanged and does not count against the receiver.
    /// </summary>
    public required Func<PipeWriter, CancellationToken, ValueTask> WriteAsync { get; init; }

    /// <summary>Whether it may be carried out twice.</summary>
    public bool Safe { get; init; }

    /// <summary>Whether <see cref="WriteAsync"/> may be called again, the whole body being in memory.</summary>
    public bool CanRepeat { get; init; }

    /// <summary>Whether it may be sent again when it is not known whether the receiver acted on it.</summary>
    internal bool MayBeSentTwice => Safe && CanRepeat;
}

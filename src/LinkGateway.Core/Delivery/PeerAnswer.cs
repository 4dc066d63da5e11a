using System.Diagnostics.CodeAnalysis;

namespace LinkGateway.Core.Delivery;

/// <summary>What came of a call to a peer, or to a receiving system.</summary>
/// <typeparam name="T">The result.</typeparam>
public sealed record PeerAnswer<T>
    where T : class
{
    /// <summary>How it ended.</summary>
    public required PeerOutcome Outcome { get; init; }

    /// <summary>The result when <see cref="PeerOutcome.Answered"/>.</summary>
    public T? Value { get; init; }

    /// <summary>The peer's code (<c>LG-nnnn</c>; a receiving system's own; empty where it sent none) when refused.</summary>
    public string Code { get; init; } = "";

    /// <summary>The peer's text, or the transport's error.</summary>
    public string Text { get; init; } = "";

    /// <summary>True when the peer says that the fault is ours (SOAP Client/Sender): the same call fails again.</summary>
    public bool OurFault { get; init; }

    /// <summary>When the peer wants to be asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether there is a result.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Answered => Outcome == PeerOutcome.Answered;
}

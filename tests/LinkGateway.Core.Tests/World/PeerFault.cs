namespace LinkGateway.Core.Tests.World;

/// <summary>What may become of a call to a peer.</summary>
abstract record PeerFault
{
    /// <summary>It never reaches the peer.</summary>
    public sealed record NotSent : PeerFault;

    /// <summary>The peer does it, and its answer is lost.</summary>
    public sealed record AnswerLost : PeerFault;

    /// <summary>It never reaches the peer, but nobody can tell.</summary>
    public sealed record Lost : PeerFault;

    /// <summary>The peer refuses.</summary>
    public sealed record Refuse(string Code, TimeSpan? RetryAfter = null, bool OurFault = false) : PeerFault;
}

namespace LinkGateway.Core.Delivery;

/// <summary>How a call to a peer ended.</summary>
public enum PeerOutcome
{
    /// <summary>With a result.</summary>
    Answered,

    /// <summary>With a fault: the peer did not do it.</summary>
    Refused,

    /// <summary>It never reached the peer.</summary>
    NotSent,

    /// <summary>It may have reached the peer; no answer came.</summary>
    InDoubt,
}

namespace LinkGateway.Client.Batch;

/// <summary>How a call to the batch service ended: what the caller may conclude about the gateway's side.</summary>
public enum BatchOutcome
{
    /// <summary>With a result.</summary>
    Answered,

    /// <summary>With a fault: the gateway did not do it.</summary>
    Refused,

    /// <summary>It never reached the gateway.</summary>
    NotSent,

    /// <summary>It may have reached the gateway; no readable answer came. Every operation can be repeated unchanged.</summary>
    InDoubt,
}

namespace LinkGateway.Contract.Operator;

/// <summary>How it stands with a deadline.</summary>
public enum DeadlineVerdict
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It will be kept as it looks now.</summary>
    OnTime,

    /// <summary>Nothing can be said: no file has gone there since the gateway started, or all wait for somebody else.</summary>
    Unknown,

    /// <summary>It will be missed as it looks now.</summary>
    AtRisk,

    /// <summary>It has passed.</summary>
    Missed,
}

namespace LinkGateway.Contract.Notices;

/// <summary>How much a notice matters, rising.</summary>
public enum NoticeSeverity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Look at it today.</summary>
    Warning,

    /// <summary>Files do not arrive: look at it now.</summary>
    Error,

    /// <summary>The gateway itself is at risk: wake somebody.</summary>
    Critical,
}

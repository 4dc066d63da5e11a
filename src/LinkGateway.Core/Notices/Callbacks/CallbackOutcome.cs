namespace LinkGateway.Core.Notices.Callbacks;

/// <summary>How a call of an origin's service ended.</summary>
public enum CallbackOutcome
{
    /// <summary>It has noted it.</summary>
    Noted,

    /// <summary>It does not want this one, now or later.</summary>
    Unwanted,

    /// <summary>It could not be reached, did not answer, or could not note it now.</summary>
    Failed,
}

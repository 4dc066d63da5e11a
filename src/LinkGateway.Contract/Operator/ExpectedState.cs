namespace LinkGateway.Contract.Operator;

/// <summary>How it stands with an expected file.</summary>
public enum ExpectedState
{
    /// <summary>It has not come, and its time has passed.</summary>
    Late,

    /// <summary>It has not come, and has time.</summary>
    Due,

    /// <summary>It came after its time.</summary>
    ArrivedLate,

    /// <summary>It came in time.</summary>
    Arrived,
}

namespace LinkGateway.Core.Journal;

/// <summary>What became of one delivery of an order to replay.</summary>
public enum ReplayItemState
{
    /// <summary>Its turn has not come.</summary>
    Pending,

    /// <summary>It was taken up again.</summary>
    Continued,

    /// <summary>A copy was made.</summary>
    Copied,

    /// <summary>Nothing was done.</summary>
    Skipped,
}

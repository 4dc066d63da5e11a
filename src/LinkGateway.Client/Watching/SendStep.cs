namespace LinkGateway.Client.Watching;

/// <summary>The steps after which a file of a watched folder is one further; each can be the last of a process.</summary>
public enum SendStep
{
    /// <summary>The gateway has it safe.</summary>
    Accepted,

    /// <summary>Its receipts are kept.</summary>
    Kept,

    /// <summary>Its marker lies aside.</summary>
    MarkerAside,

    /// <summary>It lies aside itself.</summary>
    Aside,

    /// <summary>It is moved or deleted.</summary>
    Ended,
}

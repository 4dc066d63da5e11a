namespace LinkGateway.Server.TestSeams;

/// <summary>What a store suffers from.</summary>
sealed record StoreTrouble
{
    /// <summary>No space left: nothing can be created or written.</summary>
    public bool Full { get; init; }

    /// <summary>Nothing can be changed.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Nothing answers until the order is withdrawn, whoever gives up waiting.</summary>
    public bool Hangs { get; init; }

    /// <summary>What each flush takes besides.</summary>
    public TimeSpan FlushTime { get; init; }
}

namespace LinkGateway.Core.Journal;

/// <summary>What an operator has ordered about a delivery's place in its sequence.</summary>
public enum SequencePass
{
    /// <summary>Nothing: it waits for what comes before it, and what comes after waits for it.</summary>
    None,

    /// <summary>It goes without waiting for what comes before it; what comes after waits for it all the same.</summary>
    Ahead,

    /// <summary>Nothing waits for it any more.</summary>
    Skipped,
}

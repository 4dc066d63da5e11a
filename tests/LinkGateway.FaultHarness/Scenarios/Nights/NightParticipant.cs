namespace LinkGateway.FaultHarness.Scenarios.Nights;

/// <summary>One of the sending systems of a night, and what it has to send.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Class">Class of its route.</param>
/// <param name="Files">How many files.</param>
/// <param name="Size">Size of each in bytes.</param>
/// <param name="AtOnce">How many it sends at the same time.</param>
/// <param name="From">When it begins, as a part of the night, 0 to 1.</param>
/// <param name="Until">
/// By when it has spread its files, as a part of the night; the same as <paramref name="From"/>: as fast as it can.
/// </param>
sealed record NightParticipant(string Id, string Class, int Files, long Size, int AtOnce, double From, double Until)
{
    /// <summary>The receiving system of its files.</summary>
    public string Receiver => Id + "-uke";

    /// <summary>Whether its files go by the line that is down for a while.</summary>
    public bool ByTheLineThatFails { get; init; }

    /// <summary>Whether it does what it should not while it sends.</summary>
    public bool Misbehaves { get; init; }
}

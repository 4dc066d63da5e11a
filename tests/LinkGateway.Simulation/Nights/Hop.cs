namespace LinkGateway.Simulation.Nights;

/// <summary>Where a gateway sends what is for a receiver.</summary>
/// <param name="Ways">Gateways that lead to the same place, the usual one first; empty where the receiver's folder lies.</param>
/// <param name="Stores">Gateways that lead to other places, for when the usual place cannot be reached.</param>
sealed record Hop(IReadOnlyList<string> Ways, IReadOnlyList<string> Stores)
{
    /// <summary>The receiver's folder lies here.</summary>
    public static Hop Folder { get; } = new([], []);

    /// <summary>The receiver fetches here.</summary>
    public static Hop Inbox { get; } = new([], []) { IsInbox = true };

    public bool IsInbox { get; init; }

    public bool IsFolder => Ways.Count == 0 && !IsInbox;

    public IEnumerable<string> All => Ways.Concat(Stores);

    public static Hop To(params IReadOnlyList<string> ways) => new(ways, []);
}

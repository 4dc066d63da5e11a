namespace LinkGateway.Contract.Operator;

/// <summary>The expected files of today.</summary>
public sealed record ExpectedList
{
    /// <summary>The gateway's clock, in its time zone.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The files; those that are late come first, then by the time by which they must come.</summary>
    public required IReadOnlyList<ExpectedEntry> Files { get; init; }
}

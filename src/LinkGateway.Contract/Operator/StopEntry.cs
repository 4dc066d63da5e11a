namespace LinkGateway.Contract.Operator;

/// <summary>A planned stop of a destination.</summary>
public sealed record StopEntry
{
    /// <summary>The destination.</summary>
    public required string Destination { get; init; }

    /// <summary>When it begins, or now.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Why.</summary>
    public required string Text { get; init; }
}

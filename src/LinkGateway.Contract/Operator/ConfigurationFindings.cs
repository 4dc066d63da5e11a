namespace LinkGateway.Contract.Operator;

/// <summary>All that is wrong with a configuration at this gateway.</summary>
public sealed record ConfigurationFindings
{
    /// <summary>The findings; empty when all is well.</summary>
    public required IReadOnlyList<ConfigurationFinding> Findings { get; init; }
}

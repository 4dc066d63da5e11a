namespace LinkGateway.Contract.Operator;

/// <summary>One thing that is wrong, or will be.</summary>
public sealed record ConfigurationFinding
{
    /// <summary>Value of <see cref="Severity"/>: the gateway would not start or not work with it.</summary>
    public const string Error = "error";

    /// <summary>Value of <see cref="Severity"/>: it works now and needs attention.</summary>
    public const string Warning = "warning";

    /// <summary><see cref="Error"/> or <see cref="Warning"/>.</summary>
    public required string Severity { get; init; }

    /// <summary>JSON path of the setting.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Problem { get; init; }

    /// <summary>What to do.</summary>
    public required string Remedy { get; init; }

    /// <summary>Path, problem and remedy on one line.</summary>
    public override string ToString() => $"{Path}: {Problem}. {Remedy}.";
}

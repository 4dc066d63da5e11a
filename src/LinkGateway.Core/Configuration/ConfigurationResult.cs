using System.Diagnostics.CodeAnalysis;

namespace LinkGateway.Core.Configuration;

/// <summary>What came of reading a configuration: a snapshot ready for use, or all that is wrong with it.</summary>
public sealed record ConfigurationResult
{
    /// <summary>The configuration with its directory and routes; null when there are errors.</summary>
    public ConfigurationSnapshot? Snapshot { get; init; }

    /// <summary>Everything that is wrong, in the order in which it was found; empty when it succeeded.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; init; } = [];

    /// <summary>The configuration; null when there are errors.</summary>
    public GatewayConfiguration? Configuration => Snapshot?.Configuration;

    /// <summary>True when there is a snapshot and no error.</summary>
    [MemberNotNullWhen(true, nameof(Snapshot), nameof(Configuration))]
    public bool Succeeded => Snapshot is not null;
}

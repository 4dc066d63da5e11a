using LinkGateway.Contract.Notices;

namespace LinkGateway.Core.Configuration;

/// <summary>Somebody who is told of notices, in order, and again until it has taken them.</summary>
public abstract record NoticeSink
{
    /// <summary>Its id; keep it: the journal remembers by it what was told.</summary>
    public required string Id { get; init; }

    /// <summary>It is told of notices that matter at least so much: information, warning, error or critical.</summary>
    public NoticeSeverity MinimumSeverity { get; init; } = NoticeSeverity.Warning;

    /// <summary>Whether it is told that something is over.</summary>
    public bool Resolved { get; init; } = true;
}

using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Statements;

/// <summary>
/// What a gateway states and signs about its own keeping. The statements of a gateway are numbered and each names the digest of the one
/// before, so that none can be taken away unnoticed.
/// </summary>
public sealed record StatementContent
{
    /// <summary>Its number, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>One of <see cref="StatementKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Id of the gateway that states it.</summary>
    public required string Issuer { get; init; }

    /// <summary>production, training or test.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>SHA-256 of the document with the number before; null for the first.</summary>
    public Sha256Digest? Predecessor { get; init; }

    /// <summary>What it states, in the order in which it happened.</summary>
    public required IReadOnlyList<StatementEntry> Entries { get; init; }
}

using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Statements;

/// <summary>One thing that a statement states. What does not apply is null.</summary>
public sealed record StatementEntry
{
    /// <summary>payload, transfer (its rows in the journal), stray (a payload without a transfer), or file (an archive file).</summary>
    public required string What { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Origin of the transfer.</summary>
    public string? Origin { get; init; }

    /// <summary>The origin's id of the transfer.</summary>
    public string? TransferId { get; init; }

    /// <summary>Receiver of a forward.</summary>
    public string? Receiver { get; init; }

    /// <summary>0, or n for the n-th replay of a forward.</summary>
    public int? Replay { get; init; }

    /// <summary>Name of the file, or of the stray payload.</summary>
    public string? Name { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    /// <summary>SHA-256 of the bytes.</summary>
    public Sha256Digest? Sha256 { get; init; }

    /// <summary>How many transfers are in the file.</summary>
    public long? Count { get; init; }

    /// <summary>By which rule.</summary>
    public string? Rule { get; init; }
}

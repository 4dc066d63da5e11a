namespace LinkGateway.Contract.Operator;

/// <summary>A transfer as an operator sees it: facts of the manifest, none of the content.</summary>
public sealed record TransferSummary
{
    /// <summary>Origin.</summary>
    public required string Origin { get; init; }

    /// <summary>Transfer id.</summary>
    public required string TransferId { get; init; }

    /// <summary>The one receiver of a transfer that was forwarded here; empty at the entry gateway, where one serves all.</summary>
    public required string Receiver { get; init; }

    /// <summary>Replay number.</summary>
    public int Replay { get; init; }

    /// <summary>State: a name of <see cref="States.TransferState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Participant that handed it in.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>Interface.</summary>
    public required string InterfaceId { get; init; }

    /// <summary>Environment.</summary>
    public required string Environment { get; init; }

    /// <summary>Name of the file.</summary>
    public string? FileName { get; init; }

    /// <summary>Size in bytes, once known.</summary>
    public long? Size { get; init; }

    /// <summary>SHA-256 of the whole, once accepted.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Gateways that it came through, in order.</summary>
    public IReadOnlyList<string> Hops { get; init; } = [];

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Instant after which the origin wants it delivered no more.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Code of the reason when rejected, cancelled or expired.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Text of that reason.</summary>
    public string? ReasonText { get; init; }

    /// <summary>Until when the accepted payload is kept; null when it is gone, and while something is still to happen first.</summary>
    public DateTimeOffset? PayloadKeptUntil { get; init; }

    /// <summary>When the accepted payload was removed.</summary>
    public DateTimeOffset? PayloadRemovedAt { get; init; }

    /// <summary>Why it is kept, or was removed.</summary>
    public string? PayloadRule { get; init; }
}

using LinkGateway.Contract.Identity;

namespace LinkGateway.Client.Receiving;

/// <summary>What came of one file of the inbox.</summary>
public sealed record ReceiveOutcome
{
    /// <summary>How it ended.</summary>
    public required ReceiveEnd End { get; init; }

    /// <summary>Id of the delivery at the gateway.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Origin of the transfer.</summary>
    public required string Origin { get; init; }

    /// <summary>The origin's id of the transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary>Where the file lies; null unless it was received.</summary>
    public string? Path { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>How often the job ran.</summary>
    public int Attempt { get; init; }

    /// <summary>What the job said; null when none ran to its end.</summary>
    public JobResult? Result { get; init; }

    /// <summary>Code of the trouble: the gateway's <c>LG-nnnn</c>, else the end's own name; null when there is none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>What the trouble is; empty when there is none.</summary>
    public string Reason { get; init; } = "";
}

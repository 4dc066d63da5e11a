namespace LinkGateway.Contract.Messages;

/// <summary>Withdraws a transfer.</summary>
public sealed record CancelTransferRequest
{
    /// <summary>Identity of the transfer.</summary>
    public required TransferReference Transfer { get; init; }

    /// <summary>Why, for the journal and the operators.</summary>
    public string? Reason { get; init; }

    /// <summary>Only an unfinished upload, and only while this is its attempt; null means whatever there is.</summary>
    public int? Attempt { get; init; }
}

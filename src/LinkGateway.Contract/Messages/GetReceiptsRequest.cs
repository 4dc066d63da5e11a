namespace LinkGateway.Contract.Messages;

/// <summary>Asks for all receipts of one transfer.</summary>
public sealed record GetReceiptsRequest
{
    /// <summary>Identity of the transfer.</summary>
    public required TransferReference Transfer { get; init; }
}

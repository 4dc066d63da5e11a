namespace LinkGateway.Contract.Messages;

/// <summary>Asks for the state of a transfer and of its deliveries.</summary>
public sealed record GetTransferStatusRequest
{
    /// <summary>Identity of the transfer.</summary>
    public required TransferReference Transfer { get; init; }

    /// <summary>Held ranges from this offset on, for the continuation of a long list.</summary>
    public long? HeldFrom { get; init; }
}

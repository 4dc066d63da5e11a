namespace LinkGateway.Contract.Messages;

/// <summary>Tells an origin of a receipt; comes again until it is answered.</summary>
public sealed record ReceiptIssuedRequest
{
    /// <summary>The signed XML, byte for byte.</summary>
    public required byte[] ReceiptDocument { get; init; }
}

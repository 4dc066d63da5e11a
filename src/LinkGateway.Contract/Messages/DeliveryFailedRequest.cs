namespace LinkGateway.Contract.Messages;

/// <summary>Tells an origin that a file does not arrive; comes again until it is answered.</summary>
public sealed record DeliveryFailedRequest
{
    /// <summary>The transfer, with the receiver and the replay of the delivery.</summary>
    public required TransferReference Transfer { get; init; }

    /// <summary>Code of the error (<c>LG-nnnn</c>), or the receiving system's own.</summary>
    public required string Code { get; init; }

    /// <summary>Its text, for people.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// <c>Failed</c>: given up, an operator may still take it up again; <c>ReceiverRejected</c>: the receiver does not want it.
    /// </summary>
    public string? State { get; init; }

    /// <summary>When it failed.</summary>
    public DateTimeOffset? At { get; init; }
}

namespace LinkGateway.Contract.Messages;

/// <summary>What became of one delivery by CancelTransfer.</summary>
public sealed record CancelledDelivery
{
    /// <summary>Id of the delivery at this gateway.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>The receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary><c>cancelled</c>, <c>pending</c> or <c>tooLate</c>.</summary>
    public required string Outcome { get; init; }
}

namespace LinkGateway.Contract.Operator;

/// <summary>A receipt that the gateway holds, without its document.</summary>
public sealed record ReceiptSummary
{
    /// <summary>Its id.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>What it states: accepted, validated, delivered, applied.</summary>
    public required string Kind { get; init; }

    /// <summary>The gateway that issued it.</summary>
    public required string Issuer { get; init; }

    /// <summary>The delivery that it is of; null for the accepted receipt.</summary>
    public string? DeliveryId { get; init; }
}

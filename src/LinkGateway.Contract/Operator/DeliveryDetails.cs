namespace LinkGateway.Contract.Operator;

/// <summary>All that is known of a delivery.</summary>
public sealed record DeliveryDetails
{
    /// <summary>The delivery.</summary>
    public required DeliverySummary Delivery { get; init; }

    /// <summary>Its transfer.</summary>
    public required TransferSummary Transfer { get; init; }

    /// <summary>What happened to the delivery and its transfer, oldest first.</summary>
    public required IReadOnlyList<EventEntry> Events { get; init; }

    /// <summary>The receipts of the delivery and its transfer, oldest first.</summary>
    public required IReadOnlyList<ReceiptSummary> Receipts { get; init; }

    /// <summary>What operators ordered about it, oldest first.</summary>
    public required IReadOnlyList<OrderEntry> Orders { get; init; }

    /// <summary>What it waits for in its order; null when it is in none, or waits for nothing before it.</summary>
    public SequenceWait? WaitsFor { get; init; }

    /// <summary>The orders that its state allows now.</summary>
    public required IReadOnlyList<OrderKind> Possible { get; init; }
}

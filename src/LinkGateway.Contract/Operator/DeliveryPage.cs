namespace LinkGateway.Contract.Operator;

/// <summary>Deliveries; those of one state oldest first.</summary>
public sealed record DeliveryPage
{
    /// <summary>The deliveries.</summary>
    public required IReadOnlyList<DeliverySummary> Deliveries { get; init; }

    /// <summary>For the next page; null when there is none.</summary>
    public string? Cursor { get; init; }
}

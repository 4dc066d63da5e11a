namespace LinkGateway.Contract.Operator;

/// <summary>The transfers of one origin and id, with their deliveries: at the entry one, elsewhere one for each receiver.</summary>
public sealed record TransferDetails
{
    /// <summary>The transfers.</summary>
    public required IReadOnlyList<TransferSummary> Transfers { get; init; }

    /// <summary>Their deliveries.</summary>
    public required IReadOnlyList<DeliverySummary> Deliveries { get; init; }

    /// <summary>Archive files that hold transfers of that origin and id which the journal has forgotten, oldest first.</summary>
    public IReadOnlyList<string> Archives { get; init; } = [];
}

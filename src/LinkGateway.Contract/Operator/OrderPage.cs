namespace LinkGateway.Contract.Operator;

/// <summary>Orders, newest first.</summary>
public sealed record OrderPage
{
    /// <summary>The orders.</summary>
    public required IReadOnlyList<OrderEntry> Orders { get; init; }

    /// <summary>For the next page; null when there is none.</summary>
    public string? Cursor { get; init; }
}

namespace LinkGateway.Client.Operator;

/// <summary>Which deliveries are listed.</summary>
public sealed record DeliveryFilter
{
    /// <summary>States by name; empty means those that need somebody: InDoubt, Held, Failed.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Only to this receiver.</summary>
    public string? Receiver { get; init; }

    /// <summary>Only of this origin.</summary>
    public string? Origin { get; init; }

    /// <summary>At most so many.</summary>
    public int? Limit { get; init; }

    /// <summary>From the page before.</summary>
    public string? Cursor { get; init; }
}

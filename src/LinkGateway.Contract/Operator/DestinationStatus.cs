namespace LinkGateway.Contract.Operator;

/// <summary>A destination that does not get all that is due.</summary>
public sealed record DestinationStatus
{
    /// <summary>Its id.</summary>
    public required string Destination { get; init; }

    /// <summary>
    /// <c>down</c>: it was missed again and again and is left alone, but for one delivery at a time that tries it; <c>draining</c>: it is
    /// back, and what waited for it is let go little by little.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When a delivery may try it next; absent while one does, and while it drains.</summary>
    public DateTimeOffset? NextProbe { get; init; }

    /// <summary>What the last delivery met there.</summary>
    public string? Reason { get; init; }
}

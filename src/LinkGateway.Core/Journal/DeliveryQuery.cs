using LinkGateway.Contract.States;

namespace LinkGateway.Core.Journal;

/// <summary>Which deliveries an operator looks for: those of one state, oldest first.</summary>
public sealed record DeliveryQuery
{
    /// <summary>The state.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Only to this receiver; null for all.</summary>
    public string? Receiver { get; init; }

    /// <summary>Only of this origin; null for all.</summary>
    public string? Origin { get; init; }

    /// <summary>Only those that do not go on by the clock: they wait for somebody, or for nothing.</summary>
    public bool AtRest { get; init; }

    /// <summary>Only those that have met an error.</summary>
    public bool Troubled { get; init; }

    /// <summary>Not those whose last code is one of these.</summary>
    public IReadOnlyList<string> ExceptCodes { get; init; } = [];

    /// <summary>Only those that come after this one; null for the first.</summary>
    public (DateTimeOffset CreatedAt, string DeliveryId)? After { get; init; }

    /// <summary>At most so many.</summary>
    public required int Limit { get; init; }
}

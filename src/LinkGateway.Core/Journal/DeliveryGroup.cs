using LinkGateway.Contract.States;

namespace LinkGateway.Core.Journal;

/// <summary>Deliveries that have state, destination and reason in common.</summary>
public sealed record DeliveryGroup
{
    /// <summary>Their state.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Their destination.</summary>
    public required string DestinationId { get; init; }

    /// <summary>Code of their last error; empty for none.</summary>
    public required string Code { get; init; }

    /// <summary>Text of the error of one of them; empty for none.</summary>
    public required string Text { get; init; }

    /// <summary>Whether they do not go on by the clock.</summary>
    public required bool AtRest { get; init; }

    /// <summary>How many.</summary>
    public required long Deliveries { get; init; }

    /// <summary>Bytes of their files, as far as their sizes are known.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the oldest was made.</summary>
    public required DateTimeOffset Oldest { get; init; }

    /// <summary>When the one of them changed that has not changed for the longest time.</summary>
    public required DateTimeOffset ChangedFirst { get; init; }

    /// <summary>Their origins and receivers, in order.</summary>
    public required IReadOnlyList<string> Partners { get; init; }
}

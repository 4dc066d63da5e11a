using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;

namespace LinkGateway.Core.Journal;

/// <summary>An order of an operator: who, when, why, and what it did.</summary>
public sealed record OperatorOrderRecord
{
    /// <summary>Place in the order of this journal, from 1; given by the journal at commit (0 before).</summary>
    public long Number { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The participant of kind operator.</summary>
    public required string Operator { get; init; }

    /// <summary>The order.</summary>
    public required OrderKind Order { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Its transfer.</summary>
    public required TransferIdentity Transfer { get; init; }

    /// <summary>State of the delivery before.</summary>
    public required DeliveryState From { get; init; }

    /// <summary>State of the delivery after.</summary>
    public required DeliveryState To { get; init; }
}

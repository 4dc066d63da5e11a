namespace LinkGateway.Core.Journal;

/// <summary>
/// What an operator has ordered until further notice, or lifted again. The newest of a subject is in force; none is changed.
/// </summary>
public sealed record StandingOrderRecord
{
    /// <summary>Place in the order of this journal, from 1; given by the journal at commit (0 before).</summary>
    public long Number { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The participant of kind operator.</summary>
    public required string Operator { get; init; }

    /// <summary>What it is about: a word such as <c>mode</c>, or a word and an id such as <c>suspend/142051-kaoku</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What is ordered; null: the former order is lifted.</summary>
    public string? Value { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

using System.Text.Json.Serialization;

namespace LinkGateway.Contract.Operator;

/// <summary>
/// An order to replay (再送) deliveries: those that are named, or all that match every criterion given. Unless <see cref="ForReal"/> is
/// set, only a plan is answered. An unknown property is refused: a criterion misspelt would otherwise match everything.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReplayRequest
{
    /// <summary>
    /// Id of the order, 1 to 64 letters, digits, dots, hyphens and underscores, chosen by who orders; required when it is for real. The
    /// same order given twice is carried out once.
    /// </summary>
    public string? OrderId { get; init; }

    /// <summary>Why; required, 1 to 1,000 characters. It stands in the journal beside who and when.</summary>
    public string? Reason { get; init; }

    /// <summary>Carries the order out; without it nothing is changed and a plan is answered.</summary>
    public bool ForReal { get; init; }

    /// <summary>Only these deliveries; empty: all that match.</summary>
    public IReadOnlyList<string> Deliveries { get; init; } = [];

    /// <summary>
    /// States by name; empty means Failed and Held where no deliveries are named: what was delivered is copied only when that is asked for.
    /// </summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Only of this origin.</summary>
    public string? Origin { get; init; }

    /// <summary>Only of this interface.</summary>
    public string? Interface { get; init; }

    /// <summary>Only to this receiver.</summary>
    public string? Receiver { get; init; }

    /// <summary>Only those that went, or were to go, to this destination.</summary>
    public string? Destination { get; init; }

    /// <summary>Only those with this code as their last error or reason.</summary>
    public string? Code { get; init; }

    /// <summary>Only those that were made at or after this instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those that were made before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>To this destination and no other, one that the route of each delivery names; null: as the route says.</summary>
    public string? To { get; init; }

    /// <summary>At most so many deliveries a minute, 1 to 60,000; null: 600.</summary>
    public int? Rate { get; init; }
}

using System.Text.Json.Serialization;

namespace LinkGateway.Contract.Operator;

/// <summary>An order about one delivery. An unknown property is refused: a dry run misspelt would otherwise be carried out.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeliveryOrder
{
    /// <summary>Value of <see cref="Outcome"/>: the receiver has it.</summary>
    public const string Delivered = "delivered";

    /// <summary>Value of <see cref="Outcome"/>: the receiver does not have it.</summary>
    public const string NotDelivered = "notDelivered";

    /// <summary>Why; required, 1 to 1,000 characters. It stands in the journal beside who and when.</summary>
    public string? Reason { get; init; }

    /// <summary>Answers what would happen and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Of settle only, and required there: <see cref="Delivered"/> or <see cref="NotDelivered"/>.</summary>
    public string? Outcome { get; init; }
}

namespace LinkGateway.Core.Journal;

/// <summary>One delivery of an order to replay.</summary>
public sealed record ReplayItemRecord
{
    /// <summary>Said of one that waits: a copy was planned. What was to go on only, and has arrived since, is not copied.</summary>
    public const string ToCopy = "copy";

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Its turn, from 1.</summary>
    public required int Place { get; init; }

    /// <summary>The delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>What became of it. A row in Pending is new; any other replaces the one that was pending.</summary>
    public required ReplayItemState State { get; init; }

    /// <summary>Of a file of a set: the number of the copy, which is the same for all its files. Else null.</summary>
    public int? SetReplay { get; init; }

    /// <summary>The delivery that carries it out: the copy, or the delivery itself.</summary>
    public string? CarriedOutBy { get; init; }

    /// <summary>Why nothing was done; while it waits, <see cref="ToCopy"/> where a copy was planned.</summary>
    public string? Text { get; init; }
}

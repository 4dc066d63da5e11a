namespace LinkGateway.Contract.Operator;

/// <summary>One delivery of a replay: what is to become of it, or became of it.</summary>
public sealed record ReplayEntry
{
    /// <summary>The delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Origin of its transfer.</summary>
    public required string Origin { get; init; }

    /// <summary>Id of its transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary>The receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>State of the delivery now: a name of <see cref="States.DeliveryState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Name of the file as the origin states it.</summary>
    public string? FileName { get; init; }

    /// <summary>Size in bytes.</summary>
    public long? Size { get; init; }

    /// <summary>What is done about it.</summary>
    public required ReplayAction Action { get; init; }

    /// <summary>Whether the bytes are still here.</summary>
    public required bool PayloadHere { get; init; }

    /// <summary>Where it goes; null where nothing is done.</summary>
    public string? Destination { get; init; }

    /// <summary>Replay number of the copy, or of the delivery that goes on.</summary>
    public int? Replay { get; init; }

    /// <summary>Of an order that was given: false while its turn has not come.</summary>
    public bool Done { get; init; }

    /// <summary>The delivery that carries it out: the copy, or the delivery itself.</summary>
    public string? CarriedOutBy { get; init; }

    /// <summary>State of that delivery now.</summary>
    public string? CarriedOutState { get; init; }

    /// <summary>Why nothing is done, or what else is to be known.</summary>
    public string? Text { get; init; }
}

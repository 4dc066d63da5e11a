namespace LinkGateway.Contract.Operator;

/// <summary>A delivery as an operator sees it.</summary>
public sealed record DeliverySummary
{
    /// <summary>Its id.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>State: a name of <see cref="States.DeliveryState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Origin of its transfer.</summary>
    public required string Origin { get; init; }

    /// <summary>Id of its transfer.</summary>
    public required string TransferId { get; init; }

    /// <summary>The receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>Its class: what goes first.</summary>
    public string? Class { get; init; }

    /// <summary>Replay number.</summary>
    public int Replay { get; init; }

    /// <summary>Id of the destination.</summary>
    public required string Destination { get; init; }

    /// <summary>Destinations that may hold it without anybody knowing: sent there, and not answered.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Whether it is to be withdrawn, and other gateways have still to answer.</summary>
    public bool Withdrawing { get; init; }

    /// <summary>Name of the file as the origin states it.</summary>
    public string? FileName { get; init; }

    /// <summary>Size in bytes, once known.</summary>
    public long? Size { get; init; }

    /// <summary>Attempts begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the next attempt is due; null while it waits for an event or for an operator.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Code of the last error, or of the reason why it is held.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Text of the last error, or of the reason why it is held.</summary>
    public string? ReasonText { get; init; }

    /// <summary>Folder: the name under which it is (being) published.</summary>
    public string? PublishedName { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

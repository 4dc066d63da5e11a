namespace LinkGateway.Contract.Messages;

/// <summary>State of one delivery.</summary>
public sealed record DeliveryStatus
{
    /// <summary>Id of the delivery at this gateway.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>The receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>Replay number.</summary>
    public required int Replay { get; init; }

    /// <summary>Id of the destination.</summary>
    public required string Destination { get; init; }

    /// <summary><see cref="States.DeliveryState"/> by name.</summary>
    public required string State { get; init; }

    /// <summary>Attempts made.</summary>
    public required int Attempts { get; init; }

    /// <summary>Code of the last error, or of the reason why it is held.</summary>
    public string? LastErrorCode { get; init; }

    /// <summary>Text of the last error.</summary>
    public string? LastErrorText { get; init; }

    /// <summary>When the next attempt is due.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the state last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

namespace LinkGateway.Contract.Operator;

/// <summary>How much room the gateway uses and has.</summary>
public sealed record SpaceStatus
{
    /// <summary>Payloads of finished transfers that are kept.</summary>
    public required long KeptPayloads { get; init; }

    /// <summary>Their bytes.</summary>
    public required long KeptBytes { get; init; }

    /// <summary>Those of them that are removed within 24 hours, as far as is known now.</summary>
    public required long BytesGoingWithin24Hours { get; init; }

    /// <summary>Bytes free on the disk of the spool, or on that of the journal when it has less.</summary>
    public required long FreeBytes { get; init; }

    /// <summary>Below so many free bytes the log warns.</summary>
    public required long ReserveBytes { get; init; }

    /// <summary>Bytes taken in per hour lately; 0 until an hour was watched.</summary>
    public long BytesPerHour { get; init; }

    /// <summary>When the disk will be full, by what comes in and what goes; null when not within three days.</summary>
    public DateTimeOffset? FullAt { get; init; }
}

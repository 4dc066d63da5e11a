namespace LinkGateway.Core.Configuration;

/// <summary>How long things are kept, as d.hh:mm:ss.</summary>
public sealed record RetentionSettings
{
    /// <summary>How long a payload is kept after it was delivered, where its route states no retention of its own.</summary>
    public TimeSpan Delivered { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long a payload is kept after its delivery failed or was rejected by the receiver, so that it can be delivered after all; never
    /// shorter than after a delivery.
    /// </summary>
    public TimeSpan Failed { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long the journal keeps a transfer, with its receipts, after the last change of its deliveries.</summary>
    public TimeSpan Journal { get; init; } = TimeSpan.FromDays(1826);

    /// <summary>For how long a file in the spool that the journal does not know is left alone before it is removed.</summary>
    public TimeSpan Strays { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// When the clock has jumped ahead by more than this since the last sweep, nothing is removed until an operator confirms the time, it
    /// is put back, or the gateway has run for as long.
    /// </summary>
    public TimeSpan ClockJump { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Bytes that should stay free on the disks of spool and journal; below them the log warns.</summary>
    public long FreeSpaceReserve { get; init; } = 10L << 30;
}

namespace LinkGateway.Simulation.Timing;

/// <summary>The clock of one host: wrong by its own amount, which may change.</summary>
sealed class HostClock(Loop loop) : TimeProvider
{
    static readonly DateTimeOffset Dusk = new(2026, 4, 1, 15, 0, 0, TimeSpan.Zero);

    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Dusk + loop.Now + Skew;

    public override long GetTimestamp() => loop.Now.Ticks;
}

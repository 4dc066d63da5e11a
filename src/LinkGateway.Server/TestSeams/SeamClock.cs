namespace LinkGateway.Server.TestSeams;

/// <summary>
/// A clock that can be set. Timers and measured times go on as before, as they do when an operator sets the clock of a machine.
/// </summary>
sealed class SeamClock(Seams seams) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + seams.Orders.ClockOffset;
}

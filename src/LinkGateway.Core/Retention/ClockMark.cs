namespace LinkGateway.Core.Retention;

/// <summary>What retention remembers of the clock.</summary>
/// <param name="LastSweepAt">The clock when something could last be removed.</param>
/// <param name="HeldSince">The clock when it was found to have jumped; null while it has not.</param>
/// <param name="HeldFor">For how long the gateway has run since then.</param>
sealed record ClockMark(DateTimeOffset LastSweepAt, DateTimeOffset? HeldSince, TimeSpan HeldFor);

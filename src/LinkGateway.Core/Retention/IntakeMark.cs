namespace LinkGateway.Core.Retention;

/// <summary>How much was kept when the present hour began to be watched.</summary>
/// <param name="Hour">The full hour.</param>
/// <param name="KeptBytes">What was kept then.</param>
sealed record IntakeMark(DateTimeOffset Hour, long KeptBytes);

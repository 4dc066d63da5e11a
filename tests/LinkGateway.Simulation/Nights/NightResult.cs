namespace LinkGateway.Simulation.Nights;

/// <summary>How a night ended.</summary>
/// <param name="Seed">What decided it.</param>
/// <param name="Failure">What was wrong; null when all was as promised.</param>
/// <param name="Hash">What happened, as one number: the same seed gives the same.</param>
/// <param name="Steps">Pieces run.</param>
/// <param name="Length">Virtual time.</param>
sealed record NightResult(ulong Seed, string? Failure, ulong Hash, long Steps, TimeSpan Length);

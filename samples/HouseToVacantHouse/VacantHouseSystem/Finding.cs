namespace VendorB.VacantHouses;

/// <summary>What came of a question.</summary>
/// <param name="Outcome"><c>answered</c>, <c>businessFault</c>, <c>gatewayFault</c>, or <c>trouble</c>.</param>
/// <param name="Code">Code of the fault.</param>
/// <param name="Content">What was answered, or why there is no answer.</param>
/// <param name="StartedAt">When it was asked.</param>
/// <param name="Milliseconds">How long each call took.</param>
sealed record Finding(string Outcome, string? Code, string Content, DateTimeOffset StartedAt, IReadOnlyList<double> Milliseconds);

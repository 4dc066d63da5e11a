namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>What the vacant-house system read: the JSON of its screen.</summary>
sealed record Finding(string Outcome, string? Code, string Content, DateTimeOffset StartedAt, IReadOnlyList<double> Milliseconds);

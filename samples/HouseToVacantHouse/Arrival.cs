namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>A report as it arrived at the vacant-house system: the JSON of its screen.</summary>
sealed record Arrival(string ReportId, string HouseNumber, string Location, string? MessageId);

namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>What the vacant-house system is made to ask.</summary>
sealed record Question(string Kind, string Key);

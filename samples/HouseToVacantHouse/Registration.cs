namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>What the property-tax system says of a report that it sent twice: the JSON of its screen.</summary>
/// <param name="Sent">The file with what was sent.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="TransferId">The id of the message's transfer at the gateway.</param>
/// <param name="Repeated">Whether the repetition was answered the same.</param>
sealed record Registration(string Sent, int Status, string? TransferId, bool Repeated);

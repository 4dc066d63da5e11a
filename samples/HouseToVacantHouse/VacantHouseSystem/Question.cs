namespace VendorB.VacantHouses;

/// <summary>What an official wants to know.</summary>
/// <param name="Kind">
/// <c>house</c>, <c>plan</c>, <c>list</c>, <c>resident</c>, or <c>elsewhere</c>: a house of another municipality.
/// </param>
/// <param name="Key">家屋番号, 所在地 or 宛名番号.</param>
sealed record Question(string Kind, string Key);

namespace LinkGateway.Samples.HouseToVacantHouse;

/// <summary>When something began, and how long it took.</summary>
sealed record Stretch(DateTimeOffset Start, TimeSpan Length)
{
    public bool Contains(DateTimeOffset time) => time >= Start && time <= Start + Length;
}

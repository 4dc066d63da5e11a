namespace LinkGateway.Contract.Operator;

/// <summary>What waits, when it will be delivered as it looks now, and by when it must be.</summary>
public sealed record ForecastReport
{
    /// <summary>The gateway's clock, in its time zone.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What is not over, by route and destination; what is missed or at risk comes first.</summary>
    public required IReadOnlyList<RouteForecast> Routes { get; init; }

    /// <summary>Planned stops that hold now or come, by their begin.</summary>
    public required IReadOnlyList<StopEntry> Stops { get; init; }
}

namespace LinkGateway.Core.Configuration;

/// <summary>By when the files of a route must be delivered: at a time of day, or some time after they were accepted.</summary>
public sealed record RouteDeadline
{
    /// <summary>Local time, as HH:mm: a file is due at the next such time after it was accepted. State at or after.</summary>
    public TimeOnly? At { get; init; }

    /// <summary>Calendar of the days on which there is such a time, and its time zone; null means every day. With at only.</summary>
    public string? Calendar { get; init; }

    /// <summary>How long after it was accepted a file is due, as d.hh:mm:ss.</summary>
    public TimeSpan? After { get; init; }
}

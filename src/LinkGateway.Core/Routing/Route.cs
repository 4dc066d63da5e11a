using LinkGateway.Core.Calendars;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Deadlines;

namespace LinkGateway.Core.Routing;

/// <summary>A route (経路) with everything that it names resolved. Immutable.</summary>
public sealed record Route
{
    /// <summary>Origin, or <see cref="RouteTable.AnyOrigin"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>Interface.</summary>
    public required LinkageInterface Interface { get; init; }

    /// <summary>Receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>Destination by which the receiver is reached.</summary>
    public required Destination Destination { get; init; }

    /// <summary>Other ways to the same place, tried in order when the first cannot be reached.</summary>
    public IReadOnlyList<Destination> Alternates { get; init; } = [];

    /// <summary>Other places, turned to in order only while it is certain that no earlier place holds the file.</summary>
    public IReadOnlyList<Destination> AlternateStores { get; init; } = [];

    /// <summary>For how long the first destination must have been well again before files return to it.</summary>
    public TimeSpan ReturnAfter { get; init; }

    /// <summary>How messages are held to the contract.</summary>
    public ValidationSettings Validation { get; init; } = new();

    /// <summary>What a manifest must state: <c>production</c>, <c>training</c> or <c>test</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>How long a payload is kept after it was delivered.</summary>
    public required TimeSpan Retention { get; init; }

    /// <summary>When its deliveries may begin; null: at all times.</summary>
    public RouteHours? Hours { get; init; }

    /// <summary>By when its files must be delivered; null: whenever.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>How a failed delivery is tried again.</summary>
    public required RetryPolicy Retry { get; init; }

    /// <summary>Class of its deliveries.</summary>
    public string Class { get; init; } = ClassSettings.Ordinary;

    /// <summary>Deliveries that may be under way at the same time; null means as many as there are workers.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Whether the destination is the first, an alternate way or an alternate store of this route.</summary>
    public bool Names(string destinationId) =>
        Destination.Id == destinationId || Alternates.Any(way => way.Id == destinationId)
            || AlternateStores.Any(store => store.Id == destinationId);
}

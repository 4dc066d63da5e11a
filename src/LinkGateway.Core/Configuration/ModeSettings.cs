namespace LinkGateway.Core.Configuration;

/// <summary>The classes in other modes than normal, which operators order by linkgw operator mode.</summary>
public sealed record ModeSettings
{
    /// <summary>
    /// Order, weights and caps in a disaster; what it does not name keeps what classes says. Null means that life and emergencies go first
    /// and production is throttled.
    /// </summary>
    public IReadOnlyList<ClassSettings>? Disaster { get; init; }

    /// <summary>
    /// The same while things return to normal. Null means that urgent classes stay so, and the others make up for lost time.
    /// </summary>
    public IReadOnlyList<ClassSettings>? Recovery { get; init; }
}

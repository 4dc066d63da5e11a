namespace LinkGateway.Core.Notices;

/// <summary>Something that is wrong at present.</summary>
/// <param name="Kind">What.</param>
/// <param name="Subject">With what: a destination, a participant, an option. Kind and subject are its identity.</param>
/// <param name="Text">The newest description, English.</param>
/// <param name="Forecast">When it will be over, where that can be foreseen.</param>
public sealed record Condition(NoticeKind Kind, string Subject, string Text, DateTimeOffset? Forecast = null)
{
    /// <summary>Whether it is only known from before a restart, and nobody has seen it since.</summary>
    internal bool IsRestored { get; init; }
}

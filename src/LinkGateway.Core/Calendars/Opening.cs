namespace LinkGateway.Core.Calendars;

/// <summary>One time for which a calendar is open.</summary>
/// <param name="From">When it opens.</param>
/// <param name="To">When it closes; then it is closed.</param>
public readonly record struct Opening(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether it is open at an instant.</summary>
    public bool Contains(DateTimeOffset at) => From <= at && at < To;
}

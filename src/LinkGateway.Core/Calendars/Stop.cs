namespace LinkGateway.Core.Calendars;

/// <summary>One planned stop of a destination.</summary>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
/// <param name="Text">Why.</param>
public readonly record struct Stop(DateTimeOffset From, DateTimeOffset To, string Text);

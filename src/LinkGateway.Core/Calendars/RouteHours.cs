namespace LinkGateway.Core.Calendars;

/// <summary>The window of a route, with its calendar.</summary>
/// <param name="Calendar">The calendar.</param>
/// <param name="StopAtEnd">Whether what is under way at the end is broken off.</param>
public sealed record RouteHours(Calendar Calendar, bool StopAtEnd);

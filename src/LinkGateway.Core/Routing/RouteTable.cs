using System.Collections.Frozen;
using LinkGateway.Core.Calendars;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Routing;

/// <summary>All routes: an immutable snapshot, swapped whole. What no route names is refused. Thread-safe.</summary>
public sealed class RouteTable
{
    /// <summary>The origin of a route that holds for every origin without a route of its own.</summary>
    public const string AnyOrigin = "*";

    readonly FrozenDictionary<Key, Route> _routes;

    RouteTable(IEnumerable<Route> routes)
    {
        All = [.. routes];
        _routes = All.ToFrozenDictionary(route => new Key(route.Origin, route.Interface.Id, route.Receiver));
    }

    /// <summary>All routes, in the order of the file.</summary>
    public IReadOnlyList<Route> All { get; }

    /// <summary>The route for a transfer: the one that names the origin, else the one for any origin, else null.</summary>
    /// <remarks>Ids are compared exactly. Two look-ups at most, and no allocation.</remarks>
    public Route? Resolve(string origin, string interfaceId, string receiver) =>
        _routes.GetValueOrDefault(new(origin, interfaceId, receiver)) ?? _routes.GetValueOrDefault(new(AnyOrigin, interfaceId, receiver));

    /// <summary>Builds the table of a checked configuration.</summary>
    internal static RouteTable Build(GatewayConfiguration configuration, CalendarTable calendars)
    {
        var interfaces = configuration.Interfaces.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var destinations = configuration.Destinations.ToDictionary(item => item.Id, StringComparer.Ordinal);
        return new(configuration.Routes.Select(settings => new Route
        {
            Origin = settings.Origin,
            Interface = interfaces[settings.Interface],
            Receiver = settings.Receiver,
            Destination = destinations[settings.Destination],
            Alternates = [.. settings.Alternates.Select(id => destinations[id])],
            AlternateStores = [.. settings.AlternateStores.Select(id => destinations[id])],
            ReturnAfter = settings.ReturnAfter,
            Validation = settings.Validation,
            Environment = (settings.Environment ?? configuration.Gateway.Environment).WireName(),
            Retention = settings.Retention ?? configuration.Retention.Delivered,
            Hours = settings.Window is { } window ? new(calendars.ById[window.Calendar], window.StopAtEnd) : null,
            Deadline = settings.Deadline is { } deadline
                ? new(deadline, calendars.Find(deadline.Calendar), calendars.ZoneOf(deadline.Calendar))
                : null,
            Class = settings.Class,
            Concurrency = settings.Concurrency,
            Retry = new(settings.Retry.Attempts, settings.Retry.FirstDelay, settings.Retry.MaxDelay),
        }));
    }

    readonly record struct Key(string Origin, string Interface, string Receiver);
}

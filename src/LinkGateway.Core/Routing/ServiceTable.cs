using System.Collections.Frozen;
using LinkGateway.Contract.Identity;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Directory;

namespace LinkGateway.Core.Routing;

/// <summary>
/// The routes of synchronous services by what an address says: service and organisation. An immutable snapshot, swapped whole.
/// What no route names is refused. Thread-safe.
/// </summary>
public sealed class ServiceTable
{
    readonly FrozenDictionary<Key, Route> _routes;
    readonly FrozenDictionary<string, LinkageInterface> _services;

    internal ServiceTable(RouteTable routes, ParticipantDirectory directory)
    {
        var services = routes.All.Where(route => route.Interface.Service is not null).ToList();
        _services = services.Select(route => route.Interface).DistinctBy(item => item.Id)
            .ToFrozenDictionary(item => item.Service!.Name, StringComparer.Ordinal);
        _routes = services
            .Select(route => (Route: route, directory.Find(route.Receiver)?.OrganisationCode))
            .Where(pair => pair.OrganisationCode is not null)
            .ToFrozenDictionary(
                pair => new Key(pair.Route.Origin, pair.Route.Interface.Service!.Name, pair.OrganisationCode!.Value), pair => pair.Route);
    }

    /// <summary>The interface that a service of this name binds, where any route leads to it; null where none does.</summary>
    public LinkageInterface? Find(string service) => _services.GetValueOrDefault(service);

    /// <summary>The route of a call: the one that names the origin, else the one for any origin, else null.</summary>
    /// <param name="origin">Who calls.</param>
    /// <param name="service">The service's name in the address, compared exactly.</param>
    /// <param name="organisation">The receiving organisation.</param>
    public Route? Resolve(string origin, string service, OrganisationCode organisation) =>
        _routes.GetValueOrDefault(new(origin, service, organisation))
        ?? _routes.GetValueOrDefault(new(RouteTable.AnyOrigin, service, organisation));

    readonly record struct Key(string Origin, string Service, OrganisationCode Organisation);
}

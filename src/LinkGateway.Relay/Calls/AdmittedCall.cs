using LinkGateway.Contract.Identity;
using LinkGateway.Core.Routing;

namespace LinkGateway.Relay.Calls;

/// <summary>A call that a route allows.</summary>
/// <param name="Origin">The participant that it comes from.</param>
/// <param name="Hops">The gateways that it came through.</param>
/// <param name="Organisation">The receiving organisation.</param>
/// <param name="Service">The service.</param>
/// <param name="Route">The route.</param>
sealed record AdmittedCall(
    string Origin, IReadOnlyList<string> Hops, OrganisationCode Organisation, BoundService Service, Route Route);

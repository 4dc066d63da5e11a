using LinkGateway.Core.Routing;
using LinkGateway.Relay.Catalogue;

namespace LinkGateway.Relay.Calls;

/// <summary>A call that a route allows and whose contract is known.</summary>
/// <param name="Admitted">Who calls whom.</param>
/// <param name="Version">The version of the service.</param>
/// <param name="Operation">The operation.</param>
sealed record MatchedCall(AdmittedCall Admitted, BoundVersion Version, ServiceOperation Operation)
{
    public Route Route => Admitted.Route;

    /// <summary>Whether the operation may be carried out twice.</summary>
    public bool Safe => Route.Interface.Service!.Safe.Contains(Operation.Name);
}

using System.Security.Claims;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Operations;

/// <summary>Accepts every deviation of everybody and tells nobody: the profiles of a service that sets none.</summary>
public sealed class LenientPartners : IPartnerProfiles
{
    /// <summary>The one instance.</summary>
    public static LenientPartners Instance { get; } = new();

    LenientPartners()
    {
    }

    /// <inheritdoc/>
    public WireProfile ProfileOf(ClaimsPrincipal caller) => WireProfile.Lenient;

    /// <inheritdoc/>
    public void Deviated(ClaimsPrincipal caller, IReadOnlyList<DeviationReport> deviations)
    {
        // Nobody asked.
    }
}

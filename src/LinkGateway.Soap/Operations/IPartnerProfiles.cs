using System.Security.Claims;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Operations;

/// <summary>By which profile each caller's messages are judged, and who hears of their deviations. Called from any thread.</summary>
public interface IPartnerProfiles
{
    /// <summary>The profile of a caller, asked for each message.</summary>
    /// <param name="caller">Who calls, as the host's authentication found.</param>
    WireProfile ProfileOf(ClaimsPrincipal caller);

    /// <summary>Tells of a message that deviates, accepted or not, once it has been answered; never throws.</summary>
    /// <param name="caller">Who sent it.</param>
    /// <param name="deviations">Its deviations; at least one.</param>
    void Deviated(ClaimsPrincipal caller, IReadOnlyList<DeviationReport> deviations);
}

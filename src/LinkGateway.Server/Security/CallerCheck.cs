using System.Security.Claims;
using LinkGateway.Core.Directory;

namespace LinkGateway.Server.Security;

/// <summary>Who calls, or why that is not known.</summary>
public sealed record CallerCheck
{
    /// <summary>The participant; null when refused.</summary>
    public Participant? Participant { get; private init; }

    /// <summary>
    /// The participant as the user of a request, recognised by <c>ClientCertificate</c> or <c>Basic</c>; null when refused.
    /// </summary>
    public ClaimsPrincipal? Caller { get; private init; }

    /// <summary>Why it was refused: for the log, never for the caller. Empty when there were simply no credentials.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>When the caller may try again, after too many failures.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Recognised.</summary>
    public static CallerCheck Known(Participant participant, string method)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return new()
        {
            Participant = participant,
            Caller = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, participant.Id)], method)),
        };
    }

    /// <summary>Refused.</summary>
    public static CallerCheck Refused(string reason, TimeSpan? retryAfter = null) => new() { Reason = reason, RetryAfter = retryAfter };
}

using LinkGateway.Contract.Errors;

namespace LinkGateway.Core.Delivery;

/// <summary>Judges a peer's refusals and silences.</summary>
static class PeerTrouble
{
    // The peer will say the same tomorrow: another attempt of the same transfer cannot help.
    static readonly HashSet<string> Lasting =
        [ErrorCatalogue.RoutingLoop.Code, ErrorCatalogue.EnvironmentMismatch.Code, ErrorCatalogue.IdentityTaken.Code];

    /// <summary>The outcome of a call that was not answered with a result.</summary>
    public static DeliveryOutcome Judge<T>(PeerAnswer<T> answer, string destination)
        where T : class
    {
        if (answer.Outcome != PeerOutcome.Refused)
        {
            var unreachable = ErrorCatalogue.DestinationUnreachable;
            return new DeliveryOutcome.Missed(
                unreachable.Code, unreachable.Text([destination, answer.Text], japanese: false), answer.RetryAfter);
        }

        var refused = ErrorCatalogue.DestinationRefused;
        var text = refused.Text([destination, $"{answer.Code} {answer.Text}".Trim()], japanese: false);
        if (Lasting.Contains(answer.Code)) return new DeliveryOutcome.Failed(refused.Code, text);
        return answer.OurFault
            ? new DeliveryOutcome.Retry(refused.Code, text, answer.RetryAfter)
            : new DeliveryOutcome.Missed(refused.Code, text, answer.RetryAfter);
    }
}

using LinkGateway.Contract.Errors;

namespace LinkGateway.Relay.Channels;

/// <summary>What became of a call at one destination.</summary>
/// <param name="Answer">The answer; null where there is none.</param>
/// <param name="Refusal">Why there is none.</param>
/// <param name="CarriedOut">Whether the receiver may have acted on it although there is no answer.</param>
/// <param name="MayGoOn">Whether another destination may be tried.</param>
readonly record struct Attempt(ReceiverAnswer? Answer, Refusal? Refusal, bool CarriedOut = false, bool MayGoOn = false)
{
    /// <summary>A refusal before anything was sent.</summary>
    public static Attempt Refused(Refusal refusal) => new(null, refusal, MayGoOn: true);
}

using LinkGateway.Client.Batch;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Server.Destinations;

/// <summary>Puts what the batch client found into Core's words.</summary>
static class PeerAnswers
{
    public static PeerAnswer<TValue> ToPeer<T, TValue>(this BatchAnswer<T> answer, TValue? value)
        where T : class
        where TValue : class => new()
        {
            Outcome = answer.Outcome switch
            {
                BatchOutcome.Answered => PeerOutcome.Answered,
                BatchOutcome.Refused => PeerOutcome.Refused,
                BatchOutcome.NotSent => PeerOutcome.NotSent,
                _ => PeerOutcome.InDoubt,
            },
            Value = value,
            Code = answer.Refusal?.Code ?? "",
            Text = answer.Refusal?.Text ?? answer.Reason,
            OurFault = answer.Refusal?.Side == FaultSide.Sender,
            RetryAfter = answer.Refusal?.RetryAfter,
        };
}

using LinkGateway.Contract.Errors;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Core.Pull;

/// <summary>Why something must be tried again.</summary>
/// <param name="Text">What happened.</param>
/// <param name="OfOneFile">The other gateway answers, and does not take this one file: the others can go on.</param>
sealed record PullTrouble(string Text, bool OfOneFile)
{
    /// <summary>What an answer that is none comes to.</summary>
    public static PullTrouble Of<T>(PeerAnswer<T> answer)
        where T : class =>
        new(
            $"{answer.Outcome}: {answer.Code} {answer.Text}",
            answer is { Outcome: PeerOutcome.Refused, OurFault: true, RetryAfter: null, Code.Length: > 0 }
                && answer.Code != ErrorCatalogue.NotAuthenticated.Code);
}

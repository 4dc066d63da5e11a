using LinkGateway.Contract.Errors;

namespace LinkGateway.Relay.Channels;

/// <summary>A receiver's answer broke off, or fell silent, after it had begun.</summary>
/// <param name="refusal">What there is to say about it.</param>
public sealed class AnswerBrokenException(Refusal refusal) : IOException(refusal.ToString(), refusal.Cause)
{
    /// <summary>The refusal in the catalogue's words.</summary>
    public Refusal Refusal => refusal;
}

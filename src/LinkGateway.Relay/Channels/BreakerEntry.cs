namespace LinkGateway.Relay.Channels;

/// <summary>Whether a call may be made.</summary>
/// <param name="Trial">Set where it is the one that tries whether the receiver works again.</param>
/// <param name="RetryAfter">The rest of the pause where it may not; null where it may.</param>
readonly record struct BreakerEntry(BreakerTrial? Trial, TimeSpan? RetryAfter)
{
    /// <summary>Ends a call that tells nothing of the receiver. A trial must tell: what it was for is not proved.</summary>
    public void GiveUp() => Trial?.Ended.TrySetResult("the call that tried it was given up");
}

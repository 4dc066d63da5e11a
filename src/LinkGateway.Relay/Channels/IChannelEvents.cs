namespace LinkGateway.Relay.Channels;

/// <summary>What happens to the receivers, for logs and metrics. Called from any thread; must not throw.</summary>
public interface IChannelEvents
{
    /// <summary>A receiver kept failing and is left alone.</summary>
    /// <param name="destinationId">The destination.</param>
    /// <param name="reason">The last failure.</param>
    void Opened(string destinationId, string reason);

    /// <summary>The pause is over and one call tries the receiver.</summary>
    /// <param name="destinationId">The destination.</param>
    void HalfOpened(string destinationId);

    /// <summary>The receiver works again.</summary>
    /// <param name="destinationId">The destination.</param>
    void Closed(string destinationId);

    /// <summary>A call failed at a destination; another may have served it.</summary>
    /// <param name="destinationId">The destination.</param>
    /// <param name="code">The code of the refusal.</param>
    /// <param name="text">What happened, with what only our own log may say.</param>
    void Failed(string destinationId, string code, string text);

    /// <summary>A call was served by an alternate.</summary>
    /// <param name="destinationId">The destination that comes first.</param>
    /// <param name="alternateId">The one that served the call.</param>
    /// <param name="code">Why the one before it did not.</param>
    void UsedAlternate(string destinationId, string alternateId, string code);
}

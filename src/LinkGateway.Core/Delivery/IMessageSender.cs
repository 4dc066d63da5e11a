namespace LinkGateway.Core.Delivery;

/// <summary>
/// Posts stored messages to receivers and to other gateways. The adapter translates and says what came of it; it neither repeats nor
/// decides. Thread-safe.
/// </summary>
public interface IMessageSender
{
    /// <summary>Posts once; the body is read from the post while it goes out.</summary>
    /// <remarks>
    /// Failures are answers, not exceptions. What the body's reading throws need not be caught: the message must then not end as if it were
    /// whole.
    /// </remarks>
    ValueTask<MessageAnswer> SendAsync(MessagePost post, CancellationToken cancellationToken);
}

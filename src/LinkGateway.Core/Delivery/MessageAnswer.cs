namespace LinkGateway.Core.Delivery;

/// <summary>What came of posting a stored message once.</summary>
/// <remarks>
/// Codes are of the catalogue (<c>LG-nnnn</c>) or, from a receiver, its own or empty; texts are English and hold no payload.
/// </remarks>
public abstract record MessageAnswer
{
    MessageAnswer()
    {
    }

    /// <summary>The receiver has taken it.</summary>
    public sealed record Delivered : MessageAnswer;

    /// <summary>The next gateway has accepted it.</summary>
    /// <param name="ReceiptDocument">Its accepted receipt, byte for byte; null when it sent none.</param>
    public sealed record HandedOver(byte[]? ReceiptDocument) : MessageAnswer;

    /// <summary>It certainly was not acted upon: nothing of it, or not all of it, reached the other side.</summary>
    /// <param name="Code">Code.</param>
    /// <param name="Text">What happened.</param>
    /// <param name="RetryAfter">When to try again at the earliest; null means by the back-off.</param>
    public sealed record NotSent(string Code, string Text, TimeSpan? RetryAfter = null) : MessageAnswer;

    /// <summary>The other side has no room for it now, and has not acted upon it.</summary>
    /// <param name="Code">Code.</param>
    /// <param name="Text">What happened.</param>
    /// <param name="RetryAfter">When to try again at the earliest; null means by the back-off.</param>
    public sealed record Busy(string Code, string Text, TimeSpan? RetryAfter = null) : MessageAnswer;

    /// <summary>It may have reached the other side; no answer came that says so.</summary>
    /// <param name="Code">Code.</param>
    /// <param name="Text">What happened.</param>
    public sealed record MaybeSent(string Code, string Text) : MessageAnswer;

    /// <summary>The other side says that the message is at fault.</summary>
    /// <param name="Code">The other side's code, or empty.</param>
    /// <param name="Text">The other side's text.</param>
    /// <param name="RetryAfter">When to try again at the earliest, where another try may be answered otherwise.</param>
    public sealed record Refused(string Code, string Text, TimeSpan? RetryAfter = null) : MessageAnswer;
}

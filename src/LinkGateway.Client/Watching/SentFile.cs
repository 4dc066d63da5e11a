using LinkGateway.Client.Sending;

namespace LinkGateway.Client.Watching;

/// <summary>How the sending of one file of a watched folder ended.</summary>
/// <param name="Order">What was to be sent.</param>
/// <param name="Outcome">How that ended.</param>
public sealed record SentFile(SendOrder Order, SendOutcome Outcome)
{
    /// <summary>The file where its sender has put it.</summary>
    public string Path => Order.FilePath!;
}

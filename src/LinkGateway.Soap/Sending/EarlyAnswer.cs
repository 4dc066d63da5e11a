namespace LinkGateway.Soap.Sending;

/// <summary>
/// Tells, within one exchange, that the server's answer began before the request was sent whole. It flows with the asynchronous calls
/// of the exchange, so that the connection's stream and the content being sent, which know nothing of each other, share it.
/// </summary>
sealed class EarlyAnswer : IDisposable
{
    static readonly AsyncLocal<EarlyAnswer?> Flow = new();

    readonly CancellationTokenSource _begun = new();

    /// <summary>That of the exchange this is called in; null outside of any.</summary>
    public static EarlyAnswer? Current => Flow.Value;

    /// <summary>Cancelled when the answer has begun: what is left of the request need not be sent.</summary>
    public CancellationToken Token => _begun.Token;

    public bool HasBegun => _begun.IsCancellationRequested;

    public static EarlyAnswer Watch() => Flow.Value = new EarlyAnswer();

    public void Begin() => _begun.Cancel();

    public void Dispose()
    {
        Flow.Value = null;
        _begun.Dispose();
    }
}

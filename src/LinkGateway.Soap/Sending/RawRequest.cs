using System.IO.Pipelines;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.Sending;

/// <summary>
/// A POST whose body its owner writes while it is sent, and what became of it. For one exchange; <see cref="RawSender"/> keeps its state.
/// </summary>
public sealed class RawRequest
{
    /// <summary>Bodies longer than this are large.</summary>
    public const int LargeFrom = 64 * 1024;

    volatile bool _bodyBegun;
    volatile bool _isSending;
    volatile int _writes;

    /// <summary>Where it goes.</summary>
    public required Uri Address { get; init; }

    /// <summary>The value of the Content-Type header, sent as it is.</summary>
    public required string ContentType { get; init; }

    /// <summary>The length of the body; null sends it chunked.</summary>
    public long? ContentLength { get; init; }

    /// <summary>HTTP headers to send, in order; none of <see cref="ConnectionHeaders"/>.</summary>
    /// <exception cref="ArgumentException">A header belongs to the connection or the message.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Headers
    {
        get;
        init => field = ConnectionHeaders.RequireNone(value);
    } = [];

    /// <summary>Writes the body. What it throws ends the exchange and is thrown to the caller of the sender.</summary>
    public required Func<PipeWriter, CancellationToken, ValueTask> WriteAsync { get; init; }

    /// <summary>Whether <see cref="WriteAsync"/> may be called again.</summary>
    public bool CanRepeat { get; init; }

    /// <summary>Whether to send <c>Expect: 100-continue</c> and hold the body back until the server agrees.</summary>
    public bool ExpectContinue { get; init; }

    /// <summary>Whether the body is compressed on its way; its length is not known then.</summary>
    public bool Gzip { get; init; }

    /// <summary>Called when the whole body was handed to the connection.</summary>
    public Action? Sent { get; init; }

    /// <summary>Whether <see cref="WriteAsync"/> was called: a source that can be read once is used up then.</summary>
    public bool BodyAsked { get; private set; }

    /// <summary>Whether anything of the body was handed to the connection.</summary>
    public bool BodyBegun => _bodyBegun;

    /// <summary>Whether a write to the connection is under way: what is waited for then is the server.</summary>
    public bool IsSending => _isSending;

    /// <summary>Writes to the connection that were begun: while it does not change and one is under way, nothing moves.</summary>
    public int Writes => _writes;

    /// <summary>Whether the answer began before the body was sent whole.</summary>
    public bool AnsweredEarly { get; internal set; }

    /// <summary>What <see cref="WriteAsync"/> threw by itself; null while it did not.</summary>
    public Exception? SourceError { get; internal set; }

    /// <summary>Whether sending it may take so long that an answer can come before its end.</summary>
    public bool IsLarge => WireLength is null or > LargeFrom;

    internal long? WireLength => Gzip ? null : ContentLength;

    /// <summary>Forgets what became of it, to send it again.</summary>
    /// <exception cref="InvalidOperationException">The body was asked for and cannot be written again.</exception>
    public void Reset()
    {
        if (BodyAsked && !CanRepeat)
            throw new InvalidOperationException("The body was asked for already and can be written once.");
        BodyAsked = false;
        _bodyBegun = false;
        _isSending = false;
        AnsweredEarly = false;
        SourceError = null;
    }

    internal void Ask() => BodyAsked = true;

    internal void EnterWrite()
    {
        _bodyBegun = true;
        _isSending = true;
        _writes++;
    }

    internal void LeaveWrite() => _isSending = false;

    // An empty body is sent with the headers.
    internal void MarkSent()
    {
        _bodyBegun = true;
        Sent?.Invoke();
    }
}

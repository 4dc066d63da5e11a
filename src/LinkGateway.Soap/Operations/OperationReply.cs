using System.Xml;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Operations;

/// <summary>What an operation answers; the host chooses envelope version, HTTP status and framing. Immutable.</summary>
public sealed record OperationReply
{
    OperationReply()
    {
    }

    /// <summary>Writes the element inside <c>Body</c>; null for a fault or an empty answer.</summary>
    public Action<XmlWriter>? WriteBody { get; private init; }

    /// <summary>The fault; null where the operation succeeded.</summary>
    public SoapFault? FaultToSend { get; private init; }

    /// <summary>When the caller may come again, sent as <c>Retry-After</c> in whole seconds, rounded up; only with a fault.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Writes header blocks beside those of WS-Addressing; null for none.</summary>
    public Action<XmlWriter>? WriteHeaders { get; init; }

    /// <summary>The attachments, in order; with one at least the answer is multipart/related.</summary>
    public IReadOnlyList<OutgoingAttachment> Attachments { get; init; } = [];

    /// <summary>HTTP headers to add to the answer; none of <see cref="ConnectionHeaders"/>.</summary>
    /// <exception cref="ArgumentException">A header belongs to the connection or the message.</exception>
    public IReadOnlyDictionary<string, string> HttpHeaders
    {
        get;
        init => field = ConnectionHeaders.RequireNone(value);
    } = new Dictionary<string, string>();

    /// <summary>The WS-Addressing action of the answer; null means the request's action with <c>Response</c> appended.</summary>
    public string? Action { get; init; }

    /// <summary>An answer with a body.</summary>
    /// <param name="write">Writes the element inside <c>Body</c>.</param>
    /// <param name="attachments">The attachments that the body refers to.</param>
    /// <returns>The reply.</returns>
    public static OperationReply Body(Action<XmlWriter> write, params IReadOnlyList<OutgoingAttachment> attachments) =>
        new() { WriteBody = write ?? throw new ArgumentNullException(nameof(write)), Attachments = attachments };

    /// <summary>An answer that is a fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="retryAfter">When the caller may come again, where that is known (overload).</param>
    /// <returns>The reply.</returns>
    public static OperationReply Fault(SoapFault fault, TimeSpan? retryAfter = null) =>
        new() { FaultToSend = fault ?? throw new ArgumentNullException(nameof(fault)), RetryAfter = retryAfter };

    /// <summary>The empty 202 answer to a one-way message (WS-I BP 1.1 R1112, R2714).</summary>
    /// <returns>The reply.</returns>
    public static OperationReply Accepted() => new();
}

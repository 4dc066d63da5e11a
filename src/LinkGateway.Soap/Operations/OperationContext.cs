using System.Security.Claims;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Operations;

/// <summary>One call of an operation: who calls, at which address, with which message.</summary>
public sealed class OperationContext
{
    AddressingHeaders? _addressing;

    /// <summary>The request's envelope.</summary>
    public required SoapEnvelope Request { get; init; }

    /// <summary>Who calls, as the host's authentication found; never null, anonymous at least.</summary>
    public required ClaimsPrincipal Caller { get; init; }

    /// <summary>The address the caller used, without query.</summary>
    public required Uri Address { get; init; }

    /// <summary>
    /// The SOAPAction header of SOAP 1.1, or the <c>action</c> parameter of SOAP 1.2, without quotes; null where none was sent. Never
    /// used to find the operation: some clients send none or a wrong one.
    /// </summary>
    public string? SoapAction { get; init; }

    /// <summary>The HTTP headers by name, without regard to case; repeated ones joined by comma and blank (RFC 9110, 5.3).</summary>
    public required IReadOnlyDictionary<string, string> HttpHeaders { get; init; }

    /// <summary>
    /// The length of the whole HTTP body in bytes, an upper bound of any attachment; null where it is sent in HTTP chunks.
    /// </summary>
    public long? ContentLength { get; init; }

    /// <summary>The attachments, not yet read.</summary>
    public required IAttachments Attachments { get; init; }

    /// <summary>
    /// How the message departs from the standards, and by which profile that is judged; it grows as attachments are read.
    /// </summary>
    public required DeviationLog Deviations { get; init; }

    /// <summary>The WS-Addressing headers; null where the request has none.</summary>
    /// <exception cref="SoapFormatException">The headers contradict each other.</exception>
    public AddressingHeaders? Addressing => _addressing ??= AddressingHeaders.From(Request);
}

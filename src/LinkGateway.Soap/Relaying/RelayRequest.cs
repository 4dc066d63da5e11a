using System.IO.Pipelines;
using System.Security.Claims;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Relaying;

/// <summary>An HTTP request with a SOAP message, of which nothing has been read.</summary>
public sealed class RelayRequest
{
    /// <summary>Who calls, as the host's authentication found; never null, anonymous at least.</summary>
    public required ClaimsPrincipal Caller { get; init; }

    /// <summary>The address that the caller used, without query.</summary>
    public required Uri Address { get; init; }

    /// <summary>The path below the application, decoded, such as <c>/services/142051/ResidentLookup</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The HTTP headers by name, without regard to case; repeated ones joined by comma and blank (RFC 9110, 5.3).</summary>
    public required IReadOnlyDictionary<string, string> HttpHeaders { get; init; }

    /// <summary>The Content-Type as it came; empty where there is none.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>The same, read; null where it names no type that SOAP may have.</summary>
    public MediaType? MediaType { get; init; }

    /// <summary>The length of the body in bytes; null where it is sent in HTTP chunks.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The body, under the host's time limits; never completed by whoever reads it.</summary>
    public required PipeReader Body { get; init; }

    /// <summary>The bytes of the body that have arrived so far.</summary>
    public Func<long> BytesReceived { get; init; } = static () => 0;

    /// <summary>To be called when the envelope has been read: from then on the time limits of attachments hold.</summary>
    public Action EnvelopeIsRead { get; init; } = static () => { };

    /// <summary>The same request with its body read from elsewhere.</summary>
    /// <param name="body">The body.</param>
    internal RelayRequest Over(PipeReader body) => new()
    {
        Caller = Caller,
        Address = Address,
        Path = Path,
        HttpHeaders = HttpHeaders,
        ContentType = ContentType,
        MediaType = MediaType,
        ContentLength = ContentLength,
        Body = body,
        BytesReceived = BytesReceived,
        EnvelopeIsRead = EnvelopeIsRead,
    };
}

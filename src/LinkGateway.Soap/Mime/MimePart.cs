using System.IO.Pipelines;

namespace LinkGateway.Soap.Mime;

/// <summary>One part of a multipart message. Not thread-safe; its body is readable until the next part is asked for.</summary>
public sealed class MimePart
{
    internal MimePart(int number, MimeHeaders headers, string transferEncoding, PipeReader body)
    {
        Number = number;
        Headers = headers;
        ContentId = ContentIds.Normalise(headers["Content-ID"]);
        ContentType = MediaType.TryParse(headers["Content-Type"], out var contentType) ? contentType : null;
        TransferEncoding = transferEncoding;
        Body = body;
    }

    /// <summary>The part's place in the message, counted from 1.</summary>
    public int Number { get; }

    /// <summary>The headers in their order.</summary>
    public MimeHeaders Headers { get; }

    /// <summary>The Content-ID without brackets, or <see langword="null"/>. Compare it by <see cref="ContentIds.Matches"/>.</summary>
    public string? ContentId { get; }

    /// <summary>The Content-Type, or <see langword="null"/> if there is none or it cannot be read.</summary>
    public MediaType? ContentType { get; }

    /// <summary>The Content-Transfer-Encoding in lower case; <c>7bit</c> if there is none (RFC 2045 6.1).</summary>
    public string TransferEncoding { get; }

    /// <summary>
    /// The content with its transfer encoding taken off. It completes exactly at the boundary. Reading throws
    /// <see cref="MimeFormatException"/> where the message is cut off or the encoding is broken; what the source throws passes through.
    /// Binary, 8bit and 7bit bytes are the source's own buffers, not copies.
    /// </summary>
    public PipeReader Body { get; }

    /// <summary>Bytes of the message before the part's headers.</summary>
    internal long HeadersAt { get; init; }

    /// <summary>Bytes of the message before the part's content as it came, in its transfer encoding.</summary>
    internal long ContentAt { get; init; }
}

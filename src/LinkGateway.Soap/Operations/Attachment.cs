using System.IO.Pipelines;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Operations;

/// <summary>
/// An attachment that is arriving: its headers, and its bytes as they come off the wire, transfer encoding already taken off.
/// </summary>
/// <param name="Headers">The part's headers as received.</param>
/// <param name="Body">The bytes; to be read by one reader, before the next part is asked for.</param>
public sealed record Attachment(MimeHeaders Headers, PipeReader Body)
{
    /// <summary>The part's Content-ID without angle brackets; null where it has none.</summary>
    public string? ContentId => ContentIds.Normalise(Headers["Content-ID"]);

    /// <summary>The same bytes as a stream, to be read asynchronously; instead of <see cref="Body"/>, not beside it.</summary>
    public Stream OpenStream() => Body.AsStream(leaveOpen: true);
}

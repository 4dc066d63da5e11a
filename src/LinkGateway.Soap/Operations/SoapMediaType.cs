using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Operations;

/// <summary>What a Content-Type says of a SOAP message, read leniently (WS-I AP 1.0; habits of toolkits differ widely).</summary>
public static class SoapMediaType
{
    /// <summary>The media type of a message with attachments.</summary>
    public const string Multipart = "multipart/related";

    internal const string Xop = "application/xop+xml";

    /// <summary>Whether a message of this type can be SOAP: an envelope's type, or multipart/related whose root can be one.</summary>
    /// <param name="mediaType">The type of the whole message.</param>
    /// <returns>True where it is worth reading; its root part may still turn out to be something else.</returns>
    public static bool IsSoap(MediaType mediaType)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        if (mediaType.Essence != Multipart)
            return IsEnvelope(mediaType.Essence);
        // RFC 2387 3.1 requires 'type'; partners leave it out, and then the root part tells.
        return mediaType.Parameter("type") is not { Length: > 0 } type
            || !MediaType.TryParse(type, out var root) || IsEnvelope(root.Essence);
    }

    /// <summary>Whether an envelope can have this type, in a message without attachments or as root part.</summary>
    /// <param name="essence">Type and subtype in lower case.</param>
    /// <returns>True for text/xml, application/soap+xml, application/xop+xml and application/xml.</returns>
    public static bool IsEnvelope(string essence) => essence is "text/xml" or "application/soap+xml" or Xop or "application/xml";

    /// <summary>The version that a message's type announces, for answering where the envelope itself cannot be read.</summary>
    /// <param name="mediaType">The type of the whole message; null where it has none.</param>
    /// <returns>SOAP 1.2 where the type or one of its parameters names application/soap+xml, otherwise SOAP 1.1.</returns>
    public static SoapVersion Announced(MediaType? mediaType)
    {
        var soap12 = SoapVersion.Soap12.MediaType();
        var named = mediaType is not null && (mediaType.Essence == soap12
            || Names(mediaType.Parameter("type"), soap12) || Names(mediaType.Parameter("start-info"), soap12));
        return named ? SoapVersion.Soap12 : SoapVersion.Soap11;
    }

    static bool Names(string? parameter, string essence) => parameter?.Contains(essence, StringComparison.OrdinalIgnoreCase) == true;
}

using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Operations;

/// <summary>What the Content-Types of a message must say of each other and of the envelope.</summary>
static class MediaTypeRules
{
    /// <summary>RFC 2387 3: what the whole message's type must and must not have.</summary>
    public static void JudgeMultipart(MediaType multipart, DeviationLog deviations)
    {
        if (multipart.Parameter("type") is not { Length: > 0 })
            deviations.Report(Deviation.TypeMissing);
        if (multipart.Parameter("charset") is not null)
            deviations.Report(Deviation.CharsetOnMultipart);
    }

    /// <summary>The root part has an envelope's media type, and the type parameter names it (RFC 2387 3.1).</summary>
    /// <returns>The media type of the root part.</returns>
    /// <exception cref="SoapFormatException">It is none of an envelope, or deviates as the profile refuses.</exception>
    public static MediaType JudgeRoot(MediaType multipart, MimePart root, DeviationLog deviations)
    {
        if (root.ContentType is not { } type || !SoapMediaType.IsEnvelope(type.Essence))
            throw new SoapFormatException(SoapFormatError.RootPart,
                $"The Content-Type of the root part (part {root.Number}) is missing or not that of an envelope (SwA 3); "
                + "send text/xml or application/soap+xml.");
        if (multipart.Parameter("type") is { Length: > 0 } stated && TypeOf(stated) != type.Essence)
            deviations.Report(Deviation.TypeNotRoot);
        return type;
    }

    /// <summary>The envelope's own version is the one that its media type, or that of its MTOM package, names.</summary>
    public static void JudgeEnvelope(MediaType root, SoapEnvelope envelope, DeviationLog deviations)
    {
        // XOP 1.0 5.2 puts the envelope's type into the type parameter of the root; some senders leave it out.
        var stated = root.Essence == SoapMediaType.Xop ? TypeOf(root.Parameter("type")) : root.Essence;
        if (stated == "application/xml")
            deviations.Report(Deviation.RootTypeUnusual);
        else if (stated != envelope.Version.MediaType())
            deviations.Report(Deviation.RootTypeNotEnvelope);
        // RFC 7303 lets application/soap+xml do without a charset, WS-I BP 1.1 does not let text/xml.
        var charset = root.Parameter("charset");
        if ((charset is not null || root.Essence == SoapVersion.Soap11.MediaType()) && !envelope.IsToldBy(charset))
            deviations.Report(Deviation.CharsetNotTold);
        if (envelope.HasEncodingStyle && envelope.Version == SoapVersion.Soap11)
            deviations.Report(Deviation.EncodingStyle);
        if (envelope.HasHref)
            deviations.Report(Deviation.ReferenceByHref);
        if (envelope.HasInclude && root.Essence != SoapMediaType.Xop)
            deviations.Report(Deviation.ReferenceByInclude);
    }

    static string? TypeOf(string? parameter) => MediaType.TryParse(parameter, out var type) ? type.Essence : null;
}

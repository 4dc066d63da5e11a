namespace LinkGateway.Soap.Profiles;

/// <summary>
/// Ways in which messages of the field depart from the letter of the standards and are understood all the same. Each is a switch of
/// <see cref="WireProfile"/>; its name in lower camel case is stable and stands in faults, logs and configuration. The rules behind them
/// stand in <see cref="DeviationRules"/>.
/// </summary>
public enum Deviation
{
    /// <summary>A boundary or a part's header line ends in LF alone. Content is never judged.</summary>
    BareLineFeed,

    /// <summary>The boundary has more than 70 characters, or characters that no boundary may have.</summary>
    BoundaryForm,

    /// <summary>A part's header holds bytes that are not ASCII.</summary>
    HeaderNotAscii,

    /// <summary>Blanks stand between a header's name and its colon.</summary>
    HeaderNameBlank,

    /// <summary>A Content-Type parameter that must be quoted stands without quotes.</summary>
    ParameterUnquoted,

    /// <summary>A Content-Type parameter stands in single quotes.</summary>
    ParameterSingleQuoted,

    /// <summary>Something in a Content-Type is no parameter: an empty one, a name without a value, or text after a closing quote.</summary>
    ParameterStray,

    /// <summary>
    /// A Content-Type parameter, or a part's Content-Type, Content-ID or Content-Transfer-Encoding, is stated twice; the first counts. Two
    /// different boundaries are never accepted.
    /// </summary>
    Repeated,

    /// <summary>A multipart/related message has a charset parameter.</summary>
    CharsetOnMultipart,

    /// <summary>A multipart/related message has no type parameter.</summary>
    TypeMissing,

    /// <summary>The type parameter is not the media type of the root part.</summary>
    TypeNotRoot,

    /// <summary>The start parameter is empty, or not a Content-ID in angle brackets.</summary>
    StartForm,

    /// <summary>A Content-ID has no angle brackets, or begins with <c>cid:</c>.</summary>
    ContentIdForm,

    /// <summary>Two parts have the same Content-ID; the first one counts.</summary>
    ContentIdRepeated,

    /// <summary>An attachment has no Content-Type, or none that can be read.</summary>
    PartTypeMissing,

    /// <summary>The padding at the end of base64 is missing.</summary>
    Base64Unpadded,

    /// <summary>The envelope's media type is application/xml.</summary>
    RootTypeUnusual,

    /// <summary>The envelope is of another version of SOAP than its media type says, or an MTOM root part does not say.</summary>
    RootTypeNotEnvelope,

    /// <summary>
    /// The charset parameter is not the encoding of the envelope, or is absent from text/xml; the bytes tell which one it is.
    /// </summary>
    CharsetNotTold,

    /// <summary>In SOAP 1.1, an element of the envelope has an <c>encodingStyle</c>; it is ignored.</summary>
    EncodingStyle,

    /// <summary>A SOAP 1.1 request has no SOAPAction header.</summary>
    SoapActionMissing,

    /// <summary>The SOAPAction header has no quotes, or stands twice.</summary>
    SoapActionUnquoted,

    /// <summary>A SOAP 1.2 request has a SOAPAction header.</summary>
    SoapActionOnSoap12,

    /// <summary>In SOAP 1.1, <c>mustUnderstand</c> is <c>true</c> or <c>false</c>.</summary>
    MustUnderstandWord,

    /// <summary>An attachment is referred to by an <c>href</c> attribute.</summary>
    ReferenceByHref,

    /// <summary>An attachment is referred to by <c>xop:Include</c> in a message that is not MTOM.</summary>
    ReferenceByInclude,

    /// <summary>An attachment is referred to by its Content-Location.</summary>
    ReferenceByLocation,

    /// <summary>An attachment is not referred to; its Content-ID begins with the name of the element that should.</summary>
    ReferenceByPartName,

    /// <summary>A reference is its attachment's Content-ID only without regard to <c>cid:</c>, brackets or escapes.</summary>
    ReferenceForm,
}

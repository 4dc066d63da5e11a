namespace LinkGateway.Soap.Envelope;

/// <summary>Why a message is not one that can be read as SOAP. The names are stable; hosts map them to codes of their own.</summary>
public enum SoapFormatError
{
    /// <summary>The bytes are not well-formed XML.</summary>
    NotWellFormed,

    /// <summary>The text is neither UTF-8 nor UTF-16, says it is something else, or is broken (WS-I BP 1.1 R1012).</summary>
    Encoding,

    /// <summary>A document type declaration is there (WS-I BP 1.1 R1008).</summary>
    DocumentType,

    /// <summary>A processing instruction is there (WS-I BP 1.1 R1009).</summary>
    ProcessingInstruction,

    /// <summary>The root element is not <c>Envelope</c>, or its content is not an optional <c>Header</c> and a <c>Body</c>.</summary>
    NotAnEnvelope,

    /// <summary>The namespace of <c>Envelope</c> is that of no version known here.</summary>
    VersionMismatch,

    /// <summary>An element follows <c>Body</c> (WS-I BP 1.1 R1011).</summary>
    ContentAfterBody,

    /// <summary>The envelope has more bytes than <see cref="EnvelopeLimits.RootBytes"/>.</summary>
    TooLarge,

    /// <summary>Elements are nested deeper than <see cref="EnvelopeLimits.EnvelopeDepth"/>.</summary>
    TooDeep,

    /// <summary>The envelope has more nodes than <see cref="EnvelopeLimits.EnvelopeNodes"/>.</summary>
    TooManyNodes,

    /// <summary>An element has more attributes than <see cref="EnvelopeLimits.ElementAttributes"/>.</summary>
    TooManyAttributes,

    /// <summary>The name of an element or attribute is longer than <see cref="EnvelopeLimits.NameLength"/>.</summary>
    NameTooLong,

    /// <summary>The header blocks have more nodes than <see cref="EnvelopeLimits.HeaderNodes"/>.</summary>
    TooManyHeaderNodes,

    /// <summary>A header block must be understood and is not.</summary>
    MustUnderstand,

    /// <summary>A header block's <c>mustUnderstand</c> is none of 0, 1, true, false (WS-I BP 1.1 R1013).</summary>
    HeaderAttribute,

    /// <summary>WS-Addressing headers contradict each other.</summary>
    Addressing,

    /// <summary>The service has no operation for the element in the body.</summary>
    UnknownOperation,

    /// <summary>The multipart message has no root part, or its root part is not an envelope's media type.</summary>
    RootPart,

    /// <summary>Attachments came before the root part, and more bytes of them than may be spooled.</summary>
    SpoolFull,

    /// <summary>The HTTP body ended, or the connection broke, before the message was whole.</summary>
    BodyCutOff,

    /// <summary>
    /// The message came too slowly: its envelope not in time, or its attachments with too long a silence or too low a rate.
    /// </summary>
    TooSlow,

    /// <summary>The message deviates from a standard in a way that the <see cref="Profiles.WireProfile"/> in force refuses.</summary>
    Deviation,
}

namespace LinkGateway.Soap.Mime;

/// <summary>What is wrong with a multipart message. The names are stable: logs, faults and tests may rely on them.</summary>
public enum MimeError
{
    /// <summary>The Content-Type names no boundary (RFC 2046 5.1.1 requires one; it is never guessed from the body).</summary>
    MissingBoundaryParameter,

    /// <summary>The boundary parameter holds characters or a length that no delimiter line can have.</summary>
    InvalidBoundaryParameter,

    /// <summary>More bytes than <see cref="MultipartOptions.PreambleBytes"/> stand before the first boundary.</summary>
    PreambleTooLong,

    /// <summary>The message ended without any line made of the boundary that Content-Type names.</summary>
    FirstBoundaryMissing,

    /// <summary>A boundary is followed by more blanks than <see cref="MultipartOptions.PaddingBytes"/>.</summary>
    PaddingTooLong,

    /// <summary>A part's header line has no colon, no name, or characters that a header may not hold.</summary>
    HeaderMalformed,

    /// <summary>A part's headers are larger than <see cref="MultipartOptions.PartHeaderBytes"/>.</summary>
    HeadersTooLarge,

    /// <summary>A part has more headers than <see cref="MultipartOptions.PartHeaders"/>.</summary>
    TooManyHeaders,

    /// <summary>The message has more parts than <see cref="MultipartOptions.Parts"/>.</summary>
    TooManyParts,

    /// <summary>The message ended before its closing boundary: it is cut off and never complete.</summary>
    ClosingBoundaryMissing,

    /// <summary>A base64 part holds characters, padding or a length that base64 cannot have.</summary>
    BadBase64,

    /// <summary>A quoted-printable part holds an escape that is not <c>=</c> and two hexadecimal digits.</summary>
    BadQuotedPrintable,

    /// <summary>The Content-Transfer-Encoding is none of binary, 8bit, 7bit, base64 and quoted-printable.</summary>
    UnknownTransferEncoding,

    /// <summary>More bytes than <see cref="MultipartOptions.EpilogueBytes"/> follow the closing boundary.</summary>
    EpilogueTooLong,

    /// <summary>The message deviates from a standard in a way that the <see cref="Profiles.WireProfile"/> in force refuses.</summary>
    Deviation,
}

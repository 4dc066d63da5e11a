namespace LinkGateway.Soap.Mime;

/// <summary>The texts of all errors in a multipart body: what, where and what to do, in one place.</summary>
static class MultipartFailures
{
    public static MimeFormatException PreambleTooLong(this MultipartInput input) => input.Failure(
        MimeError.PreambleTooLong, input.Position,
        $"More than {input.Options.MaxPreambleBytes} bytes stand before a line made of the boundary that Content-Type names. "
        + $"Check that both boundaries are the same, or raise {Option(nameof(MultipartOptions.MaxPreambleBytes))}.");

    public static MimeFormatException FirstBoundaryMissing(this MultipartInput input) => input.Failure(
        MimeError.FirstBoundaryMissing, input.Position,
        "The message ends without a line made of the boundary that Content-Type names. "
        + "Check that the boundary in Content-Type is the one in the body, and that the body is there.");

    public static MimeFormatException PaddingTooLong(this MultipartInput input, long at) => input.Failure(
        MimeError.PaddingTooLong, at,
        $"A boundary is followed by more than {input.Options.MaxPaddingBytes} blanks. "
        + $"Leave them out, or raise {Option(nameof(MultipartOptions.MaxPaddingBytes))}.");

    public static MimeFormatException HeaderMalformed(this MultipartInput input, long at, string what) => input.Failure(
        MimeError.HeaderMalformed, at,
        $"In the part's headers {what}. Separate the headers from the content by an empty line, and each name from its value by a colon.");

    public static MimeFormatException HeadersTooLarge(this MultipartInput input) => input.Failure(
        MimeError.HeadersTooLarge, input.Position,
        $"The part's headers take more than {input.Options.MaxHeaderBytes} bytes. "
        + $"Send smaller ones, or raise {Option(nameof(MultipartOptions.MaxHeaderBytes))}.");

    public static MimeFormatException TooManyHeaders(this MultipartInput input, long at) => input.Failure(
        MimeError.TooManyHeaders, at,
        $"The part has more than {input.Options.MaxHeaders} headers. Send fewer, or raise {Option(nameof(MultipartOptions.MaxHeaders))}.");

    public static MimeFormatException TooManyParts(this MultipartInput input) => input.Failure(
        MimeError.TooManyParts, input.Position,
        $"The message has more than {input.Options.MaxParts} parts. Send fewer, or raise {Option(nameof(MultipartOptions.MaxParts))}.");

    public static MimeFormatException ClosingBoundaryMissing(this MultipartInput input, long at) => input.Failure(
        MimeError.ClosingBoundaryMissing, at,
        "The message ends before its closing boundary: it was cut off. Send it again, whole, with '--' after the last boundary.");

    public static MimeFormatException UnknownTransferEncoding(this MultipartInput input) => input.Failure(
        MimeError.UnknownTransferEncoding, input.Position,
        "The part's Content-Transfer-Encoding is none of binary, 8bit, 7bit, base64 and quoted-printable. Use one of them.");

    public static MimeFormatException BadBase64(this MultipartInput input) => input.Failure(
        MimeError.BadBase64, input.Position,
        "The part is not valid base64 in or after the run of bytes that begins here. "
        + "Encode it again by RFC 2045 6.8, or send it as binary.");

    public static MimeFormatException BadQuotedPrintable(this MultipartInput input) => input.Failure(
        MimeError.BadQuotedPrintable, input.Position,
        "The part is not valid quoted-printable in or after the run of bytes that begins here. "
        + "Write each '=' as '=3D' (RFC 2045 6.7), or send the part as binary.");

    public static MimeFormatException EpilogueTooLong(this MultipartInput input, long at) => input.Failure(
        MimeError.EpilogueTooLong, at,
        $"More than {input.Options.MaxEpilogueBytes} bytes follow the closing boundary. "
        + $"End the message there, or raise {Option(nameof(MultipartOptions.MaxEpilogueBytes))}.");

    static MimeFormatException Failure(this MultipartInput input, MimeError error, long at, string reason) =>
        new(error, input.PartNumber, at, reason);

    static string Option(string name) => $"{nameof(MultipartOptions)}.{name}";
}

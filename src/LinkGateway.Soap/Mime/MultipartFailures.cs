using System.Text.Json;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Mime;

/// <summary>The texts of all errors in a multipart body: what, where and what to do, in one place.</summary>
static class MultipartFailures
{
    public static MimeFormatException PreambleTooLong(this MultipartInput input) => input.Failure(
        MimeError.PreambleTooLong, input.Position,
        $"More than {input.Options.PreambleBytes} bytes stand before a line made of the boundary that Content-Type names. "
        + $"Check that both boundaries are the same, or raise {Option(nameof(MultipartOptions.PreambleBytes))}.");

    public static MimeFormatException FirstBoundaryMissing(this MultipartInput input) => input.Failure(
        MimeError.FirstBoundaryMissing, input.Position,
        "The message ends without a line made of the boundary that Content-Type names (RFC 2046 5.1.1). "
        + "Check that the boundary in Content-Type is the one in the body, and that the body is there.");

    public static MimeFormatException PaddingTooLong(this MultipartInput input, long at) => input.Failure(
        MimeError.PaddingTooLong, at,
        $"A boundary is followed by more than {input.Options.PaddingBytes} blanks. "
        + $"Leave them out, or raise {Option(nameof(MultipartOptions.PaddingBytes))}.");

    public static MimeFormatException HeaderMalformed(this MultipartInput input, long at, string what) => input.Failure(
        MimeError.HeaderMalformed, at,
        $"In the part's headers {what} (RFC 5322 2.2). "
        + "Separate the headers from the content by an empty line, and each name from its value by a colon.");

    public static MimeFormatException HeadersTooLarge(this MultipartInput input) => input.Failure(
        MimeError.HeadersTooLarge, input.Position,
        $"The part's headers take more than {input.Options.PartHeaderBytes} bytes. "
        + $"Send smaller ones, or raise {Option(nameof(MultipartOptions.PartHeaderBytes))}.");

    public static MimeFormatException TooManyHeaders(this MultipartInput input, long at) => input.Failure(
        MimeError.TooManyHeaders, at,
        $"The part has more than {input.Options.PartHeaders} headers. "
        + $"Send fewer, or raise {Option(nameof(MultipartOptions.PartHeaders))}.");

    public static MimeFormatException TooManyParts(this MultipartInput input) => input.Failure(
        MimeError.TooManyParts, input.Position,
        $"The message has more than {input.Options.Parts} parts. Send fewer, or raise {Option(nameof(MultipartOptions.Parts))}.");

    public static MimeFormatException ClosingBoundaryMissing(this MultipartInput input, long at) => input.Failure(
        MimeError.ClosingBoundaryMissing, at,
        "The message ends before its closing boundary (RFC 2046 5.1.1): it was cut off. "
        + "Send it again, whole, with '--' after the last boundary.");

    public static MimeFormatException UnknownTransferEncoding(this MultipartInput input) => input.Failure(
        MimeError.UnknownTransferEncoding, input.Position,
        "The part's Content-Transfer-Encoding is none of binary, 8bit, 7bit, base64 and quoted-printable (RFC 2045 6.1). Use one of them.");

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
        $"More than {input.Options.EpilogueBytes} bytes follow the closing boundary. "
        + $"End the message there, or raise {Option(nameof(MultipartOptions.EpilogueBytes))}.");

    /// <summary>Reports a deviation of the framing or of a part.</summary>
    /// <exception cref="MimeFormatException">The profile refuses it.</exception>
    public static void Report(this MultipartInput input, Deviation deviation, long at)
    {
        if (input.Judge(deviation, at) is { } refusal)
            throw refusal;
    }

    /// <summary>Reports a deviation; the error where the profile refuses it.</summary>
    public static MimeFormatException? Judge(this MultipartInput input, Deviation deviation, long at) =>
        input.Deviations.Admits(deviation, input.PartNumber, at)
            ? null
            : input.Failure(MimeError.Deviation, at, DeviationLog.Refusal(deviation));

    static MimeFormatException Failure(this MultipartInput input, MimeError error, long at, string reason) =>
        new(error, input.PartNumber, at, reason);

    static string Option(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}

using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>Why a message was refused. Equal by value; what may differ between cuts is left out.</summary>
/// <param name="Kind">The kind of the exception and its error.</param>
/// <param name="Part">The part.</param>
/// <param name="Text">What the sender is told, the place included.</param>
sealed record Refusal(string Kind, int Part, string Text)
{
    public static Refusal Of(MimeFormatException exception) => new(
        Of(exception.Error),
        exception.PartNumber,
        // Of a broken encoding the place is that of the run of bytes that holds it, and where runs begin is a matter of cuts.
        IsOfEncoding(exception) ? "" : exception.Message);

    /// <summary>Whether it is a part's encoding that is refused: the framing is whole, and the reader may go on to the next part.</summary>
    public static bool IsOfEncoding(MimeFormatException exception) => exception.Error is MimeError.BadBase64 or MimeError.BadQuotedPrintable
        || exception.Message.Contains(Deviation.Base64Unpadded.Name(), StringComparison.Ordinal);

    public static Refusal Of(SoapFormatException exception) => new(Of(exception.Error), 0, exception.Message);

    public static string Of(MimeError error) => $"Mime.{error}";

    public static string Of(SoapFormatError error) => $"Soap.{error}";
}

using System.Text;

namespace LinkGateway.Soap.Mime;

/// <summary>
/// One header of a part. Immutable; however it was made, it can be written without breaking out of its line.
/// </summary>
public sealed class MimeHeader
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Makes a header that is to be written.</summary>
    /// <param name="name">The name: printable ASCII without blank and colon.</param>
    /// <param name="value">The value; written as UTF-8.</param>
    /// <exception cref="ArgumentException">
    /// The name is none, or the value holds CR, LF or NUL (pitfall 35: header injection).
    /// </exception>
    public MimeHeader(string name, string value)
    {
        if (!MimeTokens.IsHeaderName(name))
            throw new ArgumentException($"'{name}' is no header name: use printable ASCII without blanks and colons.", nameof(name));
        if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new ArgumentException($"The value of the header '{name}' holds CR, LF or NUL: remove them.", nameof(value));
        Name = name;
        Value = value.Trim(' ', '\t');
        RawValue = Encoding.UTF8.GetBytes(Value);
    }

    MimeHeader(string name, byte[] rawValue)
    {
        Name = name;
        RawValue = rawValue;
        Value = Unfold(Decode(rawValue));
    }

    /// <summary>The name as received or given; compare it ordinally without case.</summary>
    public string Name { get; }

    /// <summary>
    /// The value, unfolded, without surrounding blanks. Received bytes are read as UTF-8 or, where they are none, as ISO 8859-1.
    /// </summary>
    public string Value { get; }

    /// <summary>
    /// The value's bytes as received, in their charset and with their folds, so that a relay can pass them on unchanged; only the
    /// line ends inside of folds are made CRLF, and surrounding blanks are gone.
    /// </summary>
    public ReadOnlyMemory<byte> RawValue { get; }

    /// <summary>Makes a received header. The parser vouches that CR and LF occur in <paramref name="rawValue"/> only as folds.</summary>
    internal static MimeHeader Received(string name, byte[] rawValue) => new(name, rawValue);

    static string Decode(byte[] bytes)
    {
        // Pitfall 34: file names in CP932 stand unencoded in part headers; they must not end the message.
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    // RFC 5322 2.2.3: unfolding takes out the line ends and leaves the blanks.
    static string Unfold(string value) => value.Replace("\r\n", "", StringComparison.Ordinal);
}

using System.Text;

namespace LinkGateway.Server.Security;

/// <summary>User and password of an <c>Authorization: Basic</c> header (RFC 7617).</summary>
/// <param name="User">The part before the first colon.</param>
/// <param name="Password">All after it.</param>
public readonly record struct BasicHeader(string User, string Password)
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the header; a value that is no UTF-8 is taken as Latin-1, which older clients send.</summary>
    /// <param name="authorization">The value of the Authorization header.</param>
    /// <returns>User and password, or null where it is not Basic or cannot be read.</returns>
    public static BasicHeader? Parse(string? authorization)
    {
        const string Scheme = "Basic ";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var encoded = authorization.AsSpan(Scheme.Length).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
            return null;
        var text = Decode(bytes.AsSpan(0, length));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new BasicHeader(text[..colon], text[(colon + 1)..]);
    }

    static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}

using System.Buffers;

namespace LinkGateway.Soap.Mime;

/// <summary>Character classes of RFC 2045, RFC 2046 and RFC 5322.</summary>
static class MimeTokens
{
    static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>RFC 2045 5.1 <c>token</c>: printable ASCII without blanks and <c>tspecials</c>.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>RFC 5322 3.6.8 <c>ftext</c>: printable ASCII without the colon.</summary>
    public static bool IsHeaderName(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange('!', '~') && !text.Contains(':');
}

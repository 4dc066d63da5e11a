using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Messages;

/// <summary>
/// Names, in a callback address, the message that a reply answers. It holds no secret and gives no right: who may reply is decided by the
/// credentials of the caller.
/// </summary>
/// <param name="Origin">Participant that made the message.</param>
/// <param name="TransferId">Its transfer id.</param>
public sealed record CallbackToken(string Origin, string TransferId)
{
    /// <summary>Longest text, in characters: room for the longest ids there are.</summary>
    public const int MaxLength = 2048;

    const char Separator = '.';

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a token as <see cref="ToString"/> writes it; anything else is refused.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CallbackToken? token)
    {
        token = null;
        if (text is not { Length: > 0 and <= MaxLength } || text.Split(Separator) is not [var origin, var id]) return false;
        if (Decode(origin) is not { } decodedOrigin || Decode(id) is not { } decodedId) return false;
        if (!TransferIds.IsValid(decodedOrigin) || !TransferIds.IsValid(decodedId)) return false;
        var read = new CallbackToken(decodedOrigin, decodedId);

        // One message, one address: other ways to write the same bits are none.
        if (read.ToString() != text) return false;
        token = read;
        return true;
    }

    /// <summary>The text for an address: letters, digits, <c>-</c>, <c>_</c> and <c>.</c> only.</summary>
    public override string ToString() => $"{Encode(Origin)}{Separator}{Encode(TransferId)}";

    static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    static string? Decode(string text)
    {
        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(text));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }
}

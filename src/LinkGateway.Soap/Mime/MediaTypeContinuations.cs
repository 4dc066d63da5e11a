using System.Globalization;

namespace LinkGateway.Soap.Mime;

/// <summary>
/// RFC 2231: a long or non-ASCII parameter is sent as <c>name*0</c>, <c>name*1</c> … in any order, each piece percent-encoded if its
/// name ends in a star; a piece 0, or an unsplit value, that is encoded begins with <c>charset'language'</c>.
/// </summary>
static class MediaTypeContinuations
{
    /// <summary>Puts the pieces together; what carries no star passes unchanged and wins over pieces of the same name.</summary>
    public static KeyValuePair<string, string>[] Join(List<KeyValuePair<string, string>> parameters)
    {
        if (!parameters.Exists(parameter => parameter.Key.Contains('*')))
            return [.. parameters];

        var joined = parameters.FindAll(parameter => !parameter.Key.Contains('*'));
        var split = parameters.Where(parameter => parameter.Key.Contains('*')).Select(Piece.Of);
        foreach (var pieces in split.GroupBy(piece => piece.Name, StringComparer.OrdinalIgnoreCase))
        {
            // RFC 2231 section 3: sections count from 0 without gaps; what follows a gap cannot be placed.
            var inOrder = pieces.OrderBy(piece => piece.Section).TakeWhile((piece, index) => piece.Section == index).ToList();
            if (inOrder.Count > 0 && pieces.Key.Length > 0)
                joined.Add(new(pieces.Key, string.Concat(inOrder.Select(piece => piece.Decoded()))));
        }
        return [.. joined];
    }

    sealed record Piece(string Name, int Section, bool Encoded, string Value)
    {
        public static Piece Of(KeyValuePair<string, string> parameter)
        {
            var encoded = parameter.Key.EndsWith('*');
            var name = encoded ? parameter.Key[..^1] : parameter.Key;
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star < 0)
                return new(name, 0, encoded, parameter.Value);
            var numbered = int.TryParse(name.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var section);
            return new(name[..star], numbered ? section : int.MaxValue, encoded, parameter.Value);
        }

        public string Decoded()
        {
            if (!Encoded)
                return Value;
            var text = Value;
            if (Section == 0 && Value.Split('\'', 3) is [_, _, var rest])
                text = rest;
            return Uri.UnescapeDataString(text);
        }
    }
}

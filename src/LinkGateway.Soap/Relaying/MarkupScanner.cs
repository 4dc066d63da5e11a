namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Finds the tags in XML that was proved well-formed and without document type, and where they stand in the text, which no XML reader
/// tells. Comments, CDATA sections and the XML declaration are passed over.
/// </summary>
ref struct MarkupScanner(ReadOnlySpan<char> text)
{
    readonly ReadOnlySpan<char> _text = text;

    /// <summary>Where the tag begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where what follows the tag begins.</summary>
    public int End { get; private set; }

    /// <summary>Whether the tag ends an element, one that was empty included.</summary>
    public readonly bool Closes => _text[Start + 1] == '/' || _text[End - 2] == '/';

    /// <summary>Whether the tag begins an element.</summary>
    public readonly bool Opens => _text[Start + 1] != '/';

    /// <summary>Goes on to the next tag.</summary>
    /// <returns>False where there is none.</returns>
    public bool Next()
    {
        while (_text[End..].IndexOf('<') is >= 0 and var distance)
        {
            Start = End + distance;
            var rest = _text[Start..];
            if (rest.StartsWith("<!--"))
                Pass("<!--", "-->");
            else if (rest.StartsWith("<![CDATA["))
                Pass("<![CDATA[", "]]>");
            else if (rest.StartsWith("<?"))
                Pass("<?", "?>");
            else
            {
                PassTag(rest);
                return true;
            }
        }
        return false;
    }

    void Pass(string opening, string closing)
    {
        var from = Start + opening.Length;
        End = from + _text[from..].IndexOf(closing) + closing.Length;
    }

    void PassTag(ReadOnlySpan<char> rest)
    {
        for (var i = 0; ;)
        {
            i += rest[i..].IndexOfAny('>', '"', '\'');
            if (rest[i] == '>')
            {
                End = Start + i + 1;
                return;
            }
            // A quoted value may hold the sign that ends a tag.
            i += 1 + rest[(i + 1)..].IndexOf(rest[i]) + 1;
        }
    }
}

namespace LinkGateway.Soap.Mime;

/// <summary>Content-ID headers and the <c>cid:</c> references to them (RFC 2392), in the spellings that toolkits use.</summary>
public static class ContentIds
{
    const string Scheme = "cid:";

    /// <summary>
    /// The bare id: surrounding blanks, one <c>cid:</c> and one pair of angle brackets taken off, percent-escapes left as they are.
    /// </summary>
    /// <param name="contentId">A Content-ID header, a <c>start</c> parameter or a <c>cid:</c> reference.</param>
    /// <returns>The bare id, or <see langword="null"/> if there is none.</returns>
    public static string? Normalise(string? contentId)
    {
        if (contentId is null)
            return null;
        var id = StripScheme(contentId.AsSpan().Trim());
        if (id.Length >= 2 && id[0] == '<' && id[^1] == '>')
            id = StripScheme(id[1..^1].Trim());
        return id.IsEmpty ? null : id.ToString();
    }

    /// <summary>
    /// Whether a reference means a part. Brackets and <c>cid:</c> are optional on both sides; the ids are compared ordinally, both as
    /// written and with percent-escapes decoded once (pitfall 30: <c>%40</c> for <c>@</c>; a plus sign is never a blank).
    /// </summary>
    /// <param name="contentIdHeader">The part's Content-ID.</param>
    /// <param name="cidReference">The reference, for example <c>cid:file%40example.org</c>.</param>
    public static bool Matches(string? contentIdHeader, string? cidReference)
    {
        var id = Normalise(contentIdHeader);
        var reference = Normalise(cidReference);
        if (id is null || reference is null)
            return false;
        if (id == reference)
            return true;
        var decodedId = Uri.UnescapeDataString(id);
        var decodedReference = Uri.UnescapeDataString(reference);
        return id == decodedReference || decodedId == reference || decodedId == decodedReference;
    }

    /// <summary>Whether a Content-ID is written as RFC 2045 7 wants it: in angle brackets, without scheme.</summary>
    internal static bool IsBracketed(string contentId)
    {
        var text = contentId.AsSpan().Trim();
        return text.Length > 2 && text[0] == '<' && text[^1] == '>' && !text[1..].StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a reference is a part's Content-ID to the letter of RFC 2392 2: its escapes decoded once, nothing else.</summary>
    internal static bool MatchesExactly(string? contentIdHeader, string cidReference) =>
        cidReference.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && Normalise(contentIdHeader) == Uri.UnescapeDataString(cidReference[Scheme.Length..]);

    static ReadOnlySpan<char> StripScheme(ReadOnlySpan<char> id) =>
        id.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? id[Scheme.Length..].Trim() : id;
}

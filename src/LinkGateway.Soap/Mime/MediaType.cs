using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Mime;

/// <summary>
/// The value of a Content-Type header. Read leniently, as partners' toolkits write it; written strictly (RFC 2045 5.1).
/// Immutable and thread-safe.
/// </summary>
public sealed class MediaType
{
    // Callers and receivers send the same few types with every message; those with a boundary are each sent once.
    const int MostKnown = 64;
    const int LongestKnown = 64;

    static readonly ConcurrentDictionary<string, MediaType> Known = new(StringComparer.Ordinal);
    static int _known;

    readonly KeyValuePair<string, string>[] _parameters;

    /// <summary>Makes a media type.</summary>
    /// <param name="type">Top-level type, for example <c>text</c>.</param>
    /// <param name="subtype">Subtype, for example <c>xml</c>.</param>
    /// <param name="parameters">Parameters in the order in which they are written, values unquoted.</param>
    /// <exception cref="ArgumentException">A name is no token of RFC 2045, or a value is not printable ASCII.</exception>
    public MediaType(string type, string subtype, params IEnumerable<KeyValuePair<string, string>> parameters)
        : this(RequireToken(type), RequireToken(subtype), [.. parameters])
    {
        foreach (var (name, value) in _parameters)
        {
            RequireToken(name);
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                throw new ArgumentException($"The media type parameter '{name}' may hold printable ASCII only.", nameof(parameters));
        }
    }

    MediaType(string type, string subtype, KeyValuePair<string, string>[] parameters)
    {
        Type = type.ToLowerInvariant();
        Subtype = subtype.ToLowerInvariant();
        Essence = $"{Type}/{Subtype}";
        _parameters = parameters;
    }

    /// <summary>Top-level type in lower case, for example <c>multipart</c>.</summary>
    public string Type { get; }

    /// <summary>Subtype in lower case, for example <c>related</c>.</summary>
    public string Subtype { get; }

    /// <summary>Type and subtype in lower case, for example <c>multipart/related</c>; compare it ordinally.</summary>
    public string Essence { get; }

    /// <summary>All parameters in the order of the header, quotes and escapes removed, names as received.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    // Those of parts have names of files in them, others boundaries.
    bool IsOfEnvelopes => Essence is "text/xml" or "application/soap+xml"
        && Array.TrueForAll(_parameters, static parameter => parameter.Key is "charset" or "action");

    /// <summary>What was read leniently; empty for one that was made here.</summary>
    internal IReadOnlyList<Deviation> Deviations { get; private init; } = [];

    /// <summary>The value of a parameter, quotes and escapes removed; <see langword="null"/> if it is not there.</summary>
    /// <param name="name">The parameter's name, in any case. Of repeated ones the first counts.</param>
    public string? Parameter(string name)
    {
        foreach (var parameter in _parameters)
        {
            if (string.Equals(parameter.Key, name, StringComparison.OrdinalIgnoreCase))
                return parameter.Value;
        }
        return null;
    }

    /// <summary>
    /// Reads a Content-Type value. Accepts folded lines, tabs, a trailing semicolon, unquoted values with characters that should be
    /// quoted, single quotes around values other than the boundary (where RFC 2046 makes them part of the value), and RFC 2231
    /// continuations. Refuses a value without <c>type/subtype</c>, with an unclosed quote or with control characters.
    /// </summary>
    /// <param name="text">The header's value; folds may still be in it.</param>
    /// <param name="mediaType">The result.</param>
    /// <returns>Whether <paramref name="text"/> could be read.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MediaType? mediaType)
    {
        mediaType = null;
        if (text is not null && Known.TryGetValue(text, out mediaType))
            return true;
        // RFC 5322 2.2.3: a fold stands for its blank alone.
        var parser = new MediaTypeParser(text?.Replace("\r", "").Replace("\n", ""));
        if (!parser.TryReadEssence(out var type, out var subtype) || !parser.TryReadParameters(out var parameters))
            return false;
        mediaType = new MediaType(type, subtype, parameters) { Deviations = parser.Deviations };
        if (text is { Length: <= LongestKnown } && mediaType.IsOfEnvelopes && Volatile.Read(ref _known) < MostKnown
            && Known.TryAdd(text, mediaType))
            Interlocked.Increment(ref _known);
        return true;
    }

    /// <summary>The header value: the boundary always quoted, other values where RFC 2045 requires it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Essence);
        foreach (var (name, value) in _parameters)
        {
            text.Append("; ").Append(name).Append('=');
            // A single quote is a token's character, but readers take it off (pitfall 20).
            if (!MimeTokens.IsToken(value) || value[0] == '\'' || name.Equals("boundary", StringComparison.OrdinalIgnoreCase))
                text.Append('"').Append(value.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
            else
                text.Append(value);
        }
        return text.ToString();
    }

    /// <summary>The same with another value of one parameter, in its place or at the end; without the parameter where null.</summary>
    internal MediaType With(string name, string? value)
    {
        var others = _parameters.ToList();
        var at = others.FindIndex(parameter => Is(parameter.Key));
        others.RemoveAll(parameter => Is(parameter.Key));
        if (value is not null)
            others.Insert(at < 0 ? others.Count : at, new(at < 0 ? name : _parameters[at].Key, value));
        return new MediaType(Type, Subtype, [.. others]);

        bool Is(string other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
    }

    static string RequireToken(string text) =>
        MimeTokens.IsToken(text) ? text : throw new ArgumentException($"'{text}' is no token of RFC 2045.");
}

using System.Collections;

namespace LinkGateway.Soap.Mime;

/// <summary>The headers of a part in their order, looked up ordinally without case. Not thread-safe while headers are added.</summary>
public sealed class MimeHeaders : IReadOnlyList<MimeHeader>
{
    readonly List<MimeHeader> _headers = [];

    /// <summary>How many headers there are.</summary>
    public int Count => _headers.Count;

    /// <summary>The header at a place, counted from 0.</summary>
    /// <param name="index">The place.</param>
    public MimeHeader this[int index] => _headers[index];

    /// <summary>The unfolded value of the first header of a name, or <see langword="null"/>.</summary>
    /// <param name="name">The name, in any case.</param>
    public string? this[string name] =>
        _headers.Find(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>
    /// The headers of a part to be sent: Content-Type, Content-Transfer-Encoding and the bracketed Content-ID. The encoding is spelt
    /// <c>Binary</c> because zeep damages parts marked <c>binary</c>, and SOAP::Lite those without the header.
    /// </summary>
    /// <param name="contentId">The part's id, with or without brackets.</param>
    /// <param name="contentType">What the part holds.</param>
    /// <exception cref="ArgumentException">The id is empty or holds CR, LF or NUL.</exception>
    public static MimeHeaders ForPart(string contentId, MediaType contentType)
    {
        var id = ContentIds.Normalise(contentId) ?? throw new ArgumentException("A part needs a Content-ID.", nameof(contentId));
        return new MimeHeaders
        {
            { "Content-Type", contentType.ToString() },
            { "Content-Transfer-Encoding", "Binary" },
            { "Content-ID", $"<{id}>" },
        };
    }

    /// <summary>Appends a header.</summary>
    /// <param name="name">The name: printable ASCII without blank and colon.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name is none, or the value holds CR, LF or NUL.</exception>
    public void Add(string name, string value) => Add(new MimeHeader(name, value));

    /// <summary>Appends a header, for example one received that is to be relayed unchanged.</summary>
    /// <param name="header">The header.</param>
    public void Add(MimeHeader header) => _headers.Add(header);

    /// <inheritdoc/>
    public IEnumerator<MimeHeader> GetEnumerator() => _headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

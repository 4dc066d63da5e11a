using System.Buffers;
using System.Text;

namespace LinkGateway.Soap.Mime;

/// <summary>
/// Finds the boundary of one message. On the wire (RFC 2046 5.1.1; every CRLF may be a bare LF, pitfall 1):
/// <code>
/// delimiter         = CRLF "--" boundary padding CRLF
/// closing delimiter = CRLF "--" boundary "--" padding [CRLF epilogue]
/// padding           = *(SP / HTAB)
/// </code>
/// The CRLF in front belongs to the delimiter, and is absent where the delimiter follows headers or begins the message. A line
/// that goes on in any other way is content (pitfall 7). Stateless, thread-safe, allocates nothing.
/// </summary>
sealed class BoundaryScanner
{
    const byte Cr = (byte)'\r';
    const byte Lf = (byte)'\n';

    // RFC 2046 allows 70; some toolkits put more than one UUID into theirs.
    const int MaxBoundaryLength = 200;

    // LF "--" boundary. The CR is looked at after a hit, so that one search serves both line ends.
    readonly byte[] _pattern;
    readonly int _maxPadding;

    BoundaryScanner(byte[] pattern, int maxPadding) => (_pattern, _maxPadding) = (pattern, maxPadding);

    ReadOnlySpan<byte> DashBoundary => _pattern.AsSpan(1);

    /// <summary>Makes the scanner for the boundary that a Content-Type names.</summary>
    /// <exception cref="MimeFormatException">There is no boundary, or it cannot be one.</exception>
    public static BoundaryScanner For(MediaType contentType, MultipartOptions options)
    {
        var boundary = contentType.Parameter("boundary");
        if (string.IsNullOrEmpty(boundary))
        {
            throw new MimeFormatException(MimeError.MissingBoundaryParameter, 0, 0,
                $"The Content-Type '{contentType.Essence}' has no boundary parameter (RFC 2046 5.1.1). "
                + "Send the boundary that the body uses.");
        }
        if (boundary.Length > MaxBoundaryLength || boundary.EndsWith(' ') || boundary.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new MimeFormatException(MimeError.InvalidBoundaryParameter, 0, 0,
                $"The boundary parameter is longer than {MaxBoundaryLength} characters, ends in a blank or is not printable ASCII "
                + "(RFC 2046 5.1.1). Use 1 to 70 letters and digits.");
        }
        // A filter in front may have taken the other one.
        if (contentType.Parameters.Any(other => Is(other.Key, "boundary") && other.Value != boundary))
        {
            throw new MimeFormatException(MimeError.InvalidBoundaryParameter, 0, 0,
                "The Content-Type has two different boundary parameters (RFC 2045 5.1). Send the one that the body uses.");
        }
        return new BoundaryScanner(Encoding.ASCII.GetBytes($"\n--{boundary}"), options.PaddingBytes);
    }

    static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Compares the start of a line with the boundary.</summary>
    /// <param name="line">The bytes from the start of the line on.</param>
    /// <param name="final">Whether nothing follows <paramref name="line"/>.</param>
    public BoundaryMatch MatchLine(in ReadOnlySequence<byte> line, bool final)
    {
        var reader = new SequenceReader<byte>(line);
        if (!reader.IsNext(DashBoundary, advancePast: true))
            return new(!final && IsCutShort(line) ? BoundaryKind.Partial : BoundaryKind.None);

        var kind = reader.IsNext("--"u8, advancePast: true) ? BoundaryKind.Closing : BoundaryKind.Delimiter;
        if (kind == BoundaryKind.Delimiter && reader.Remaining == 1 && reader.IsNext((byte)'-'))
            return new(final ? BoundaryKind.None : BoundaryKind.Partial);

        if (reader.AdvancePastAny((byte)' ', (byte)'\t') > _maxPadding)
            return new(BoundaryKind.PaddingTooLong);
        var afterCr = reader.IsNext(Cr, advancePast: true);
        if (reader.IsNext(Lf, advancePast: true))
            return new(kind, reader.Consumed, BareLineFeed: !afterCr);
        if (!reader.End)
            return new(BoundaryKind.None);

        // The end of the message ends the closing boundary as well as a line end does (pitfall 11), but no other line.
        if (!final)
            return new(BoundaryKind.Partial);
        return kind == BoundaryKind.Closing ? new(kind, reader.Consumed) : new(BoundaryKind.None);
    }

    /// <summary>Searches content for the next boundary.</summary>
    /// <param name="buffer">The bytes at hand.</param>
    /// <param name="from">Where to begin: what lies before is known to be content.</param>
    /// <param name="atLineStart">Whether <paramref name="buffer"/> begins a line: a boundary there has no line end before it.</param>
    /// <param name="final">Whether nothing follows <paramref name="buffer"/>.</param>
    public BoundarySearch Find(in ReadOnlySequence<byte> buffer, long from, bool atLineStart, bool final)
    {
        if (atLineStart && MatchLine(buffer, final) is { Kind: not BoundaryKind.None } first)
            return new(0, first);

        var rest = buffer.Slice(from);
        var segmentStart = rest.Start;
        var next = segmentStart;
        var offset = from;
        var afterCr = false;
        while (rest.TryGet(ref next, out var memory))
        {
            var segment = memory.Span;
            for (var lf = FindCandidate(segment, 0); lf >= 0; lf = FindCandidate(segment, lf + 1))
            {
                var match = MatchLine(rest.Slice(rest.GetPosition(lf + 1, segmentStart)), final);
                if (match.Kind == BoundaryKind.None)
                    continue;
                var lineEnd = (lf > 0 ? segment[lf - 1] == Cr : afterCr) ? 2 : 1;
                return new(offset + lf + 1 - lineEnd,
                    match with { Length = match.Length + lineEnd, BareLineFeed = match.BareLineFeed || lineEnd == 1 });
            }
            if (!segment.IsEmpty)
                afterCr = segment[^1] == Cr;
            offset += segment.Length;
            segmentStart = next;
        }
        // A CR at the end may be half of a delimiter's line end.
        return new(afterCr && !final ? offset - 1 : offset, default);
    }

    /// <summary>The next LF of a segment with the whole pattern after it, or with as much of it as the segment holds.</summary>
    int FindCandidate(ReadOnlySpan<byte> segment, int from)
    {
        var searched = segment[from..];
        var whole = searched.IndexOf(_pattern);
        if (whole >= 0)
            return from + whole;

        // The pattern has no second LF, so only the segment's last one can begin a pattern that the segment's end cuts off.
        var tail = searched[Math.Max(0, searched.Length - _pattern.Length + 1)..];
        var lf = tail.LastIndexOf(Lf);
        return lf >= 0 && _pattern.AsSpan().StartsWith(tail[lf..]) ? segment.Length - tail.Length + lf : -1;
    }

    bool IsCutShort(in ReadOnlySequence<byte> line)
    {
        if (line.Length >= DashBoundary.Length)
            return false;
        Span<byte> start = stackalloc byte[MaxBoundaryLength + 2];
        start = start[..(int)line.Length];
        line.CopyTo(start);
        return DashBoundary.StartsWith(start);
    }
}

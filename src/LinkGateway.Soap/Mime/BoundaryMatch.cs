namespace LinkGateway.Soap.Mime;

/// <summary>What stands at the start of a line.</summary>
enum BoundaryKind
{
    /// <summary>Content: no boundary, or only text that begins like one.</summary>
    None,

    /// <summary>The bytes so far may become a boundary; more are needed to tell.</summary>
    Partial,

    /// <summary>A boundary with another part after it.</summary>
    Delimiter,

    /// <summary>The closing boundary.</summary>
    Closing,

    /// <summary>A boundary with more padding than allowed.</summary>
    PaddingTooLong,
}

/// <summary>A comparison with the boundary.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Length">For a whole boundary its bytes, line ends included.</param>
/// <param name="BareLineFeed">Whether a line end of a whole boundary is LF alone.</param>
readonly record struct BoundaryMatch(BoundaryKind Kind, long Length = 0, bool BareLineFeed = false)
{
    public bool IsBoundary => Kind is BoundaryKind.Delimiter or BoundaryKind.Closing;
}

/// <summary>The result of a search through content.</summary>
/// <param name="ContentEnd">Bytes from the start that are content for certain: up to the boundary, or to what may become one.</param>
/// <param name="Match">What follows them; its length includes the line end before the boundary (RFC 2046 5.1.1).</param>
readonly record struct BoundarySearch(long ContentEnd, BoundaryMatch Match);

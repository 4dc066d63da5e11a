using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Mime;

/// <summary>
/// What the reader and the bodies of its parts share: the source, the scanner for its boundary, and where they stand. Its own reads
/// serve what lies between bodies (preamble, headers, boundaries, epilogue); each leaves the source ready for the next read.
/// </summary>
sealed class MultipartInput(PipeReader source, BoundaryScanner scanner, MultipartOptions options, DeviationLog deviations)
{
    public PipeReader Source => source;

    public BoundaryScanner Scanner => scanner;

    public MultipartOptions Options => options;

    public DeviationLog Deviations => deviations;

    /// <summary>Bytes of the message consumed so far.</summary>
    public long Position { get; set; }

    /// <summary>The part being read, counted from 1; 0 before the first and after the last.</summary>
    public int PartNumber { get; set; }

    /// <summary>Looks at the next line and consumes nothing.</summary>
    /// <param name="limit">Bytes after which the line's end is not waited for.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>
    /// A boundary; or no boundary and the bytes of the line: more than <paramref name="limit"/> if it is too long, 0 if the message
    /// ends within it.
    /// </returns>
    public async ValueTask<BoundaryMatch> PeekLineAsync(long limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(cancellationToken);
            var match = MeasureLine(read.Buffer, read.IsCompleted, limit);
            source.AdvanceTo(read.Buffer.Start, match.Kind == BoundaryKind.Partial ? read.Buffer.End : read.Buffer.Start);
            if (match.Kind == BoundaryKind.PaddingTooLong)
                throw this.PaddingTooLong(Position);
            if (match.Kind != BoundaryKind.Partial)
                return match;
        }
    }

    /// <summary>Consumes bytes that were looked at before.</summary>
    public async ValueTask SkipAsync(long length, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(cancellationToken);
        Advance(read.Buffer.Slice(0, length));
    }

    /// <summary>Copies and consumes bytes that were looked at before.</summary>
    public async ValueTask<byte[]> TakeAsync(long length, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(cancellationToken);
        var bytes = read.Buffer.Slice(0, length);
        var copy = bytes.ToArray();
        Advance(bytes);
        return copy;
    }

    /// <summary>Consumes whatever is at hand, or waits for more.</summary>
    /// <returns>Whether the message goes on.</returns>
    public async ValueTask<bool> SkipAvailableAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAsync(cancellationToken);
        Advance(read.Buffer);
        return !read.IsCompleted;
    }

    BoundaryMatch MeasureLine(in ReadOnlySequence<byte> buffer, bool final, long limit)
    {
        var match = scanner.MatchLine(buffer, final);
        if (match.Kind != BoundaryKind.None)
            return match;
        if (buffer.PositionOf((byte)'\n') is { } lineEnd)
            return new(BoundaryKind.None, buffer.Slice(0, lineEnd).Length + 1);
        if (buffer.Length > limit)
            return new(BoundaryKind.None, buffer.Length);
        return new(final ? BoundaryKind.None : BoundaryKind.Partial);
    }

    async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        var result = await source.ReadAsync(cancellationToken);
        if (!result.IsCanceled)
            return result;
        source.AdvanceTo(result.Buffer.Start);
        throw new OperationCanceledException("The pending read of the multipart body was cancelled.");
    }

    void Advance(in ReadOnlySequence<byte> consumed)
    {
        source.AdvanceTo(consumed.End);
        Position += consumed.Length;
    }
}

using System.IO.Pipelines;
using LinkGateway.Soap.Mime.TransferEncodings;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Mime;

/// <summary>
/// Reads a multipart message (RFC 2046 5.1, RFC 2387) from a pipe, part by part, without holding more of it than the pipe does.
/// The same bytes give the same parts or the same error however they are cut into reads. Not thread-safe.
/// </summary>
public sealed class MultipartReader
{
    static readonly string[] Structural = ["Content-Type", "Content-ID", "Content-Transfer-Encoding"];

    readonly MultipartInput _input;
    readonly HashSet<string> _contentIds = new(StringComparer.Ordinal);
    readonly MediaType _contentType;
    PartBody? _body;
    MimeFormatException? _failure;

    /// <summary>Makes a reader. Nothing is read yet.</summary>
    /// <param name="source">The message's body. The reader never completes it.</param>
    /// <param name="contentType">The message's Content-Type.</param>
    /// <param name="options">Limits; by default <see cref="MultipartOptions.Default"/>.</param>
    /// <param name="deviations">Judges and gathers deviations; by default by <see cref="WireProfile.Lenient"/>.</param>
    /// <exception cref="MimeFormatException">The Content-Type names no usable boundary.</exception>
    public MultipartReader(
        PipeReader source, MediaType contentType, MultipartOptions? options = null, DeviationLog? deviations = null)
    {
        options ??= MultipartOptions.Default;
        var scanner = BoundaryScanner.For(contentType, options);
        _input = new MultipartInput(source, scanner, options, deviations ?? new DeviationLog(WireProfile.Lenient));
        _contentType = contentType;
        Start = ContentIds.Normalise(contentType.Parameter("start"));
    }

    /// <summary>The deviations met so far.</summary>
    public DeviationLog Deviations => _input.Deviations;

    /// <summary>
    /// The Content-ID of the root part without brackets, from the <c>start</c> parameter; <see langword="null"/> if it is absent or
    /// empty, and the first part is the root (RFC 2387 3.2).
    /// </summary>
    public string? Start { get; }

    /// <summary>Whether the message was read to its end: closing boundary and epilogue included.</summary>
    public bool Completed { get; private set; }

    /// <summary>Whether a part is the one that <see cref="Start"/> names, or without it the first one.</summary>
    /// <param name="part">A part of this reader.</param>
    public bool IsRoot(MimePart part) => Start is null ? part.Number == 1 : ContentIds.Matches(part.ContentId, Start);

    /// <summary>Goes on to the next part. What is left of the part before is read and dropped, and its body can be read no more.</summary>
    /// <param name="cancellationToken">Cancels reading from the source.</param>
    /// <returns>The part, or <see langword="null"/> once the closing boundary and what follows it have been read.</returns>
    /// <exception cref="MimeFormatException">The message is malformed, cut off or beyond a limit. Later calls throw it again.</exception>
    public async ValueTask<MimePart?> ReadNextPartAsync(CancellationToken cancellationToken = default)
    {
        if (_failure is not null)
            throw _failure;
        try
        {
            return Completed ? null : await AdvanceAsync(cancellationToken);
        }
        catch (MimeFormatException failure)
        {
            _failure = failure;
            throw;
        }
    }

    async ValueTask<MimePart?> AdvanceAsync(CancellationToken cancellationToken)
    {
        if (_input.Position == 0 && _body is null)
            JudgeContentType();
        var boundary = _body is null ? await SkipPreambleAsync(cancellationToken) : await _body.FinishAsync(cancellationToken);
        if (boundary.BareLineFeed)
            _input.Report(Deviation.BareLineFeed, _input.Position);
        if (boundary.Kind == BoundaryKind.Delimiter)
            return await BeginPartAsync(boundary, cancellationToken);

        _input.PartNumber = 0;
        await _input.SkipAsync(boundary.Length, cancellationToken);
        await SkipEpilogueAsync(cancellationToken);
        Completed = true;
        return null;
    }

    async ValueTask<MimePart> BeginPartAsync(BoundaryMatch boundary, CancellationToken cancellationToken)
    {
        if (_input.PartNumber == _input.Options.Parts)
            throw _input.TooManyParts();
        _input.PartNumber++;
        await _input.SkipAsync(boundary.Length, cancellationToken);

        var headersAt = _input.Position;
        var headers = await ReadHeadersAsync(cancellationToken);
        var encoding = headers["Content-Transfer-Encoding"]?.ToLowerInvariant();
        // RFC 2045 6.1: the default.
        if (string.IsNullOrEmpty(encoding))
            encoding = "7bit";
        _body = new PartBody(_input);
        PipeReader body = encoding switch
        {
            "binary" or "8bit" or "7bit" => _body,
            "base64" => new DecodedBody(_body, new Base64Decoder(), _input),
            "quoted-printable" => new DecodedBody(_body, new QuotedPrintableDecoder(), _input),
            _ => throw _input.UnknownTransferEncoding(),
        };
        var part = new MimePart(_input.PartNumber, headers, encoding, body) { HeadersAt = headersAt, ContentAt = _input.Position };
        Judge(part);
        return part;
    }

    /// <summary>Reports what was accepted in the message's Content-Type.</summary>
    void JudgeContentType()
    {
        foreach (var deviation in _contentType.Deviations)
            _input.Report(deviation, 0);
        if (!MultipartBoundary.IsStandard(_contentType.Parameter("boundary")!))
            _input.Report(Deviation.BoundaryForm, 0);
        if (_contentType.Parameter("start") is { } start && !ContentIds.IsBracketed(start))
            _input.Report(Deviation.StartForm, 0);
    }

    /// <summary>Reports what was accepted in a part's headers.</summary>
    void Judge(MimePart part)
    {
        foreach (var deviation in part.ContentType?.Deviations ?? [])
            _input.Report(deviation, _input.Position);
        if (part.ContentType is null && !IsRoot(part))
            _input.Report(Deviation.PartTypeMissing, _input.Position);
        if (Structural.Any(name => part.Headers.Count(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1))
            _input.Report(Deviation.Repeated, _input.Position);
        if (part.Headers["Content-ID"] is { } header && !ContentIds.IsBracketed(header))
            _input.Report(Deviation.ContentIdForm, _input.Position);
        if (part.ContentId is not { } id)
            return;
        if (!_contentIds.Add(id))
            _input.Report(Deviation.ContentIdRepeated, _input.Position);
    }

    async ValueTask<BoundaryMatch> SkipPreambleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var remaining = _input.Options.PreambleBytes - _input.Position;
            var line = await _input.PeekLineAsync(remaining, cancellationToken);
            if (line.IsBoundary)
                return line;
            if (line.Length > remaining)
                throw _input.PreambleTooLong();
            if (line.Length == 0)
                throw _input.FirstBoundaryMissing();
            await _input.SkipAsync(line.Length, cancellationToken);
        }
    }

    async ValueTask<MimeHeaders> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var block = new HeaderBlock(_input);
        var limit = _input.Position + _input.Options.PartHeaderBytes;
        while (true)
        {
            var line = await _input.PeekLineAsync(limit - _input.Position, cancellationToken);
            // A part may end with its headers; the boundary then is found again, as the end of an empty body.
            if (line.IsBoundary)
                return block.ToHeaders();
            if (line.Length > limit - _input.Position)
                throw _input.HeadersTooLarge();
            if (line.Length == 0)
                throw _input.ClosingBoundaryMissing(_input.Position);
            var at = _input.Position;
            if (!block.Add(await _input.TakeAsync(line.Length, cancellationToken), at))
                return block.ToHeaders();
        }
    }

    async ValueTask SkipEpilogueAsync(CancellationToken cancellationToken)
    {
        var limit = _input.Position + _input.Options.EpilogueBytes;
        while (true)
        {
            var goesOn = await _input.SkipAvailableAsync(cancellationToken);
            if (_input.Position > limit)
                throw _input.EpilogueTooLong(limit);
            if (!goesOn)
                return;
        }
    }
}

using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// A message read up to the end of its envelope that can be passed on exactly as it came: what was read is kept, what follows is still on
/// the wire and is neither parsed nor changed. Dispose it when neither the envelope nor <see cref="Head"/> is needed any more. Not
/// thread-safe.
/// </summary>
public sealed class RelayedMessage : IDisposable
{
    // Few and large writes: 128 KiB lies in the middle of the range that was measured to be good.
    const int WriteBytes = 128 * 1024;

    // The end of a small message that has arrived with its envelope is kept too, so that the message can be sent again.
    const int KeptRestBytes = 64 * 1024;

    // Quoted-printable writes a byte as three characters at most.
    const int EncodingFactor = 3;

    // A boundary line of a part before the root, its padding counted.
    const int BoundaryLineBytes = 512;

    readonly PipeReader _body;
    PooledBytes _head;
    PooledBytes _decoded;
    readonly RootPart? _root;
    readonly string _originalContentType;
    ReadOnlyMemory<byte>[] _pieces;
    bool _restBegun;

    RelayedMessage(
        PipeReader body,
        string contentType,
        PooledBytes head,
        PooledBytes decoded,
        SoapEnvelope envelope,
        MediaType envelopeType,
        RootPart? root)
    {
        _body = body;
        _head = head;
        _decoded = decoded;
        _root = root;
        _originalContentType = contentType;
        _pieces = [head.Memory];
        ContentType = contentType;
        Envelope = envelope;
        Charset = envelopeType.Parameter("charset");
    }

    /// <summary>The envelope as it came; readable until the message is disposed.</summary>
    public SoapEnvelope Envelope { get; }

    /// <summary>
    /// The charset parameter that the envelope came with: that of the root part where the message has parts; null where there was none.
    /// </summary>
    public string? Charset { get; }

    /// <summary>The value of the Content-Type header to send the message with.</summary>
    public string ContentType { get; private set; }

    /// <summary>Whether the message has parts.</summary>
    public bool IsMultipart => _root is not null;

    /// <summary>Whether nothing is left on the wire; always true of a message without parts.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Whether the message can be written from its beginning: it is whole, or what follows the head was not touched yet.</summary>
    public bool CanRepeat => IsWhole || !_restBegun;

    /// <summary>The bytes that were written by now.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>The bytes that were read from the body, whatever is to be written instead of them.</summary>
    public ReadOnlyMemory<byte> Head => _head.Memory;

    /// <summary>Reads a message's envelope, from a body without attachments or from the root part of a multipart one.</summary>
    /// <param name="body">The body of the HTTP message; never completed here.</param>
    /// <param name="contentType">The value of the Content-Type header as it came.</param>
    /// <param name="mediaType">The same, read; one for which <see cref="SoapMediaType.IsSoap"/> holds.</param>
    /// <param name="limits">What the reading may cost; <see cref="MessageLimits.Default"/> where null.</param>
    /// <param name="deviations">Judges and gathers deviations; by default by <see cref="WireProfile.Lenient"/>.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The message.</returns>
    /// <exception cref="SoapFormatException">The message is not SOAP, beyond a limit, or deviates as the profile refuses.</exception>
    /// <exception cref="MimeFormatException">The multipart framing is broken, or deviates as the profile refuses.</exception>
    public static ValueTask<RelayedMessage> ReadAsync(
        PipeReader body,
        string contentType,
        MediaType mediaType,
        MessageLimits? limits = null,
        DeviationLog? deviations = null,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(contentType);
        ArgumentNullException.ThrowIfNull(mediaType);
        limits ??= MessageLimits.Default;
        deviations ??= new DeviationLog(WireProfile.Lenient);
        return mediaType.Essence == SoapMediaType.Multipart
            ? ReadMultipartAsync(body, contentType, mediaType, limits, deviations, ct)
            : ReadPlainAsync(body, contentType, mediaType, limits, deviations, ct);
    }

    /// <summary>The Content-Length to send the message with.</summary>
    /// <param name="originalContentLength">The Content-Length the message came with; null where it came in chunks.</param>
    /// <returns>The length, or null where it is not known.</returns>
    public long? Length(long? originalContentLength)
    {
        var written = _pieces.Sum(piece => (long)piece.Length);
        return IsWhole ? written : originalContentLength + written - Head.Length;
    }

    /// <summary>
    /// Has the message written with another envelope, of the version told: in UTF-8, and with the media types of that version. Everything
    /// else stays as it came. Of several replacements the last one counts.
    /// </summary>
    /// <param name="utf8Envelope">The envelope; it must stay as it is until the message is written.</param>
    /// <param name="version">The version of SOAP it is written in.</param>
    /// <param name="action">
    /// The <c>action</c> parameter of a SOAP 1.2 media type; null for none. One that is not printable ASCII cannot stand there and is left
    /// out.
    /// </param>
    public void ReplaceEnvelope(ReadOnlyMemory<byte> utf8Envelope, SoapVersion version, string? action)
    {
        var stated = action is null || action.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : action;
        var type = _root?.TypeFor(version, stated) ?? OutgoingMessage.EnvelopeType(version, stated);
        Replace(utf8Envelope, type.ToString(), (_root?.MessageTypeFor(version, stated) ?? type).ToString());
    }

    /// <summary>
    /// Has the message written with another envelope of the same version and encoding, under the media types it came with. Of several
    /// replacements the last one counts.
    /// </summary>
    /// <param name="envelope">The envelope; it must stay as it is until the message is written.</param>
    public void ReplaceEnvelope(ReadOnlyMemory<byte> envelope) => Replace(envelope, rootType: null, _originalContentType);

    /// <summary>Has the message written as it came.</summary>
    public void RestoreEnvelope()
    {
        _pieces = [Head];
        ContentType = _originalContentType;
    }

    /// <summary>Writes the message and flushes it: the head, then what is still on the wire. Does not complete the pipe.</summary>
    /// <param name="output">The body of the HTTP message to be sent.</param>
    /// <param name="ct">Cancels the writing, which leaves a message that every receiver takes for cut off.</param>
    /// <returns>A task that completes when all is written.</returns>
    /// <exception cref="InvalidOperationException">The message is not at its beginning any more; see <see cref="CanRepeat"/>.</exception>
    /// <exception cref="IOException">The receiver is gone, or the sender broke off.</exception>
    public async ValueTask WriteToAsync(PipeWriter output, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!CanRepeat)
            throw new InvalidOperationException("The rest of the message was read before: it cannot be written a second time.");
        // In pieces: a pipe takes in all of one write before it lets the writer wait.
        BytesWritten = 0;
        var unflushed = 0;
        foreach (var piece in _pieces)
        {
            for (var rest = piece; !rest.IsEmpty; rest = rest[Math.Min(WriteBytes, rest.Length)..])
            {
                if (unflushed >= WriteBytes)
                    unflushed = Flushed(await output.FlushAsync(ct), last: false);
                var next = rest.Span[..Math.Min(WriteBytes, rest.Length)];
                output.Write(next);
                unflushed += next.Length;
                BytesWritten += next.Length;
            }
        }
        if (IsWhole)
            Flushed(await output.FlushAsync(ct), last: true);
        else
            await WriteRestAsync(output, unflushed, ct);
    }

    /// <summary>Gives the memory back. The body is left as it is.</summary>
    public void Dispose()
    {
        _head.Dispose();
        _decoded.Dispose();
    }

    static async ValueTask<RelayedMessage> ReadPlainAsync(
        PipeReader body, string contentType, MediaType mediaType, MessageLimits limits, DeviationLog deviations, CancellationToken ct)
    {
        foreach (var deviation in mediaType.Deviations)
            deviations.Report(deviation);
        var limit = limits.Envelope.RootBytes;
        var head = await PooledBytes.GatherAsync(body, limit, ct) ?? throw SoapMessage.TooLarge(limit);
        try
        {
            var envelope = SoapMessage.ReadEnvelope(head.Memory, mediaType, limits, deviations);
            return new RelayedMessage(body, contentType, head, default, envelope, mediaType, root: null) { IsWhole = true };
        }
        catch
        {
            head.Dispose();
            throw;
        }
    }

    static async ValueTask<RelayedMessage> ReadMultipartAsync(
        PipeReader body, string contentType, MediaType mediaType, MessageLimits limits, DeviationLog deviations, CancellationToken ct)
    {
        MediaTypeRules.JudgeMultipart(mediaType, deviations);
        using var recorder = new RecordingReader(body, MostBytesOfHead(limits));
        var parts = new MultipartAttachments(new MultipartReader(recorder, mediaType, limits.Multipart, deviations));
        var root = await parts.ReadToRootAsync(limits.PreRootSpoolBytes, ct);
        var rootType = MediaTypeRules.JudgeRoot(mediaType, root, deviations);
        var limit = limits.Envelope.RootBytes;
        var decoded = default(PooledBytes);
        try
        {
            var isEncoded = root.TransferEncoding is "base64" or "quoted-printable";
            if (isEncoded)
                decoded = await PooledBytes.GatherAsync(root.Body, limit, ct) ?? throw SoapMessage.TooLarge(limit);
            else
                await PassAsync(root.Body, limit, ct);
            var rootEnd = recorder.Bytes.Length;
            var whole = KeepRest(recorder);
            var content = isEncoded ? decoded.Memory : recorder.Bytes[(int)root.ContentAt..rootEnd];
            var envelope = SoapMessage.ReadEnvelope(content, rootType, limits, deviations);
            var place = new RootPart(mediaType, rootType, root, rootEnd);
            var message = new RelayedMessage(body, contentType, recorder.Release(), decoded, envelope, rootType, place)
            {
                IsWhole = whole,
            };
            decoded = default;
            return message;
        }
        finally
        {
            decoded.Dispose();
        }
    }

    /// <summary>What limits that count decoded content come to on the wire at most.</summary>
    static int MostBytesOfHead(MessageLimits limits)
    {
        var framing = limits.Multipart.PreambleBytes + limits.Multipart.PartHeaderBytes + (long)limits.Multipart.Parts * BoundaryLineBytes;
        var content = EncodingFactor * ((long)limits.PreRootSpoolBytes + limits.Envelope.RootBytes);
        return (int)Math.Min(framing + content, Array.MaxLength);
    }

    /// <summary>Reads content that the recorder keeps, so that it need not be gathered a second time.</summary>
    static async ValueTask PassAsync(PipeReader content, int limit, CancellationToken ct)
    {
        for (var left = (long)limit; ;)
        {
            var read = await content.ReadAsync(ct);
            left -= read.Buffer.Length;
            content.AdvanceTo(left < 0 ? read.Buffer.Start : read.Buffer.End);
            if (left < 0)
                throw SoapMessage.TooLarge(limit);
            if (read.IsCompleted)
                return;
        }
    }

    /// <summary>Takes in the end of the message if it is at hand and small.</summary>
    /// <returns>Whether the message is whole now.</returns>
    static bool KeepRest(RecordingReader recorder)
    {
        if (!recorder.TryRead(out var read))
            return false;
        var whole = read is { IsCompleted: true, IsCanceled: false } && read.Buffer.Length <= KeptRestBytes;
        recorder.AdvanceTo(whole ? read.Buffer.End : read.Buffer.Start);
        return whole;
    }

    async ValueTask WriteRestAsync(PipeWriter output, long unflushed, CancellationToken ct)
    {
        _restBegun = true;
        while (true)
        {
            if (unflushed >= WriteBytes)
                unflushed = Flushed(await output.FlushAsync(ct), last: false);
            if (!_body.TryRead(out var read))
            {
                // The sender is silent for now: what is written must not wait for it.
                if (unflushed > 0)
                    unflushed = Flushed(await output.FlushAsync(ct), last: false);
                read = await _body.ReadAsync(ct);
            }
            if (read.IsCanceled)
            {
                _body.AdvanceTo(read.Buffer.Start);
                throw new OperationCanceledException("The pending read of the message's body was cancelled.");
            }
            foreach (var segment in read.Buffer)
                output.Write(segment.Span);
            unflushed += read.Buffer.Length;
            BytesWritten += read.Buffer.Length;
            _body.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted)
                continue;
            Flushed(await output.FlushAsync(ct), last: true);
            return;
        }
    }

    /// <returns>The bytes that are not flushed now: none.</returns>
    static int Flushed(FlushResult result, bool last)
    {
        if (result.IsCanceled)
            throw new OperationCanceledException("The pending flush of the message was cancelled.");
        // A receiver that has all of it may be gone already: that is no failure.
        if (result.IsCompleted && !last)
            throw new IOException("The receiver of the message stopped reading before its end.");
        return 0;
    }

    void Replace(ReadOnlyMemory<byte> envelope, string? rootType, string contentType)
    {
        if (!CanRepeat)
            throw new InvalidOperationException("The message is written already: its envelope can be replaced no more.");
        _pieces = _root?.Replace(Head, envelope, rootType) ?? [envelope];
        ContentType = contentType;
    }
}

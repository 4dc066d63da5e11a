using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Xml;
using LinkGateway.Soap.Addressing;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Operations;

/// <summary>
/// A request or an answer ready to be written once: the envelope is in memory, attachments are read while they are written. An envelope
/// alone is the whole body; with attachments it is the root part of a multipart/related body. Disposing releases the attachments'
/// sources.
/// </summary>
public sealed class OutgoingMessage : IAsyncDisposable
{
    // Few and large writes: 128 KiB lies in the middle of the range that was measured to be good.
    const int WriteBytes = 128 * 1024;

    // An envelope with a receipt in it stays below.
    const int KeptScratchBytes = 64 * 1024;

    static readonly KeyValuePair<string, string> Utf8 = new("charset", "utf-8");

    [ThreadStatic]
    static ArrayBufferWriter<byte>? _scratch;

    readonly ReadOnlyMemory<byte> _envelope;
    readonly IReadOnlyList<OutgoingAttachment> _attachments;
    readonly MimeHeaders _rootHeaders = [];
    readonly string _boundary = "";

    OutgoingMessage(
        SoapVersion version, ReadOnlyMemory<byte> envelope, IReadOnlyList<OutgoingAttachment> attachments, string? action = null)
    {
        _envelope = envelope;
        _attachments = attachments;
        var mediaType = EnvelopeType(version, action);
        ContentType = mediaType.ToString();
        Length = envelope.Length;
        if (attachments.Count == 0)
            return;
        _boundary = MultipartBoundary.Create(RandomNumberGenerator.GetBytes(16));
        // RFC 2392 2: an id no other message has.
        var rootId = $"{_boundary}.root@linkgateway";
        _rootHeaders = MimeHeaders.ForPart(rootId, mediaType);
        ContentType = WriterFor(PipeWriter.Create(Stream.Null)).RelatedContentType(rootId, version.MediaType()).ToString();
        Length = MultipartLength();
    }

    /// <summary>The value of the Content-Type header.</summary>
    public string ContentType { get; }

    /// <summary>The exact length in bytes; null where that of an attachment is not known.</summary>
    public long? Length { get; }

    /// <summary>Whether writing has come so far that the receiver may hold the message whole.</summary>
    public bool EndReached { get; private set; }

    /// <summary>Makes a message.</summary>
    /// <param name="version">The version of SOAP.</param>
    /// <param name="body">Writes the element inside <c>Body</c>.</param>
    /// <param name="headers">Writes the header blocks; null for none.</param>
    /// <param name="attachments">The attachments, in order.</param>
    /// <param name="action">The <c>action</c> parameter of a SOAP 1.2 media type; null for none.</param>
    /// <returns>The message.</returns>
    public static OutgoingMessage Create(
        SoapVersion version,
        Action<XmlWriter> body,
        Action<XmlWriter>? headers = null,
        IReadOnlyList<OutgoingAttachment>? attachments = null,
        string? action = null)
    {
        var envelope = Compose(output => SoapEnvelopeWriter.Write(output, version, body, headers));
        return new OutgoingMessage(version, envelope, attachments ?? [], action);
    }

    /// <summary>Makes the message that answers a request.</summary>
    /// <param name="version">The version of the request.</param>
    /// <param name="reply">What the operation answers; not an empty answer.</param>
    /// <param name="request">The request's WS-Addressing headers, to which the answer is related; null for none.</param>
    /// <returns>The message.</returns>
    public static OutgoingMessage Answer(SoapVersion version, OperationReply reply, AddressingHeaders? request = null)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.FaultToSend is not { } fault)
        {
            var body = reply.WriteBody ?? throw new ArgumentException("An empty answer has no message.", nameof(reply));
            var related = request?.Reply(reply.Action ?? request.Action + "Response");
            return Create(version, body, HeaderWriter(related, reply.WriteHeaders), reply.Attachments);
        }
        var faultRelated = request?.Reply(reply.Action ?? AddressingHeaders.FaultAction, isFault: true);
        var headers = HeaderWriter(faultRelated, reply.WriteHeaders);
        return new OutgoingMessage(version, Compose(output => SoapEnvelopeWriter.WriteFault(output, version, fault, headers)), []);
    }

    /// <summary>Makes a message of an envelope that was written elsewhere.</summary>
    /// <param name="version">The version of SOAP it is written in.</param>
    /// <param name="envelope">The envelope in UTF-8; not copied.</param>
    /// <param name="attachments">The attachments, in order; null for none.</param>
    /// <returns>The message.</returns>
    public static OutgoingMessage Of(
        SoapVersion version, ReadOnlyMemory<byte> envelope, IReadOnlyList<OutgoingAttachment>? attachments = null) =>
        new(version, envelope, attachments ?? []);

    /// <summary>Writes the message and flushes it; does not complete the pipe.</summary>
    /// <param name="output">The body of the HTTP message.</param>
    /// <param name="ct">Cancels the writing, which leaves a message that every receiver takes for cut off.</param>
    /// <returns>A task that completes when all is written.</returns>
    /// <exception cref="IOException">The receiver is gone, or an attachment's source cannot be read.</exception>
    public async ValueTask WriteToAsync(PipeWriter output, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(output);
        EndReached = false;
        if (_attachments.Count == 0)
        {
            EndReached = true;
            await output.WriteAsync(_envelope, ct);
            return;
        }
        var writer = WriterFor(output);
        await writer.WritePartAsync(_rootHeaders, _envelope, ct);
        foreach (var attachment in _attachments)
            await attachment.WriteToAsync(writer, ct);
        EndReached = true;
        await writer.CompleteAsync(ct);
    }

    /// <summary>Releases the sources of the attachments.</summary>
    /// <returns>A task that completes when all are released.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var attachment in _attachments)
            await attachment.DisposeAsync();
    }

    /// <summary>Puts WS-Addressing headers before others.</summary>
    internal static Action<XmlWriter>? HeaderWriter(AddressingHeaders? addressing, Action<XmlWriter>? others) =>
        addressing is null ? others : others is null ? addressing.WriteTo : addressing.WriteTo + others;

    internal static MediaType EnvelopeType(SoapVersion version, string? action)
    {
        var type = version.MediaType().Split('/');
        return version == SoapVersion.Soap12 && action is not null
            ? new MediaType(type[0], type[1], Utf8, new("action", action))
            : new MediaType(type[0], type[1], Utf8);
    }

    // Written where envelopes before it were, and copied out at its size: a buffer of its own would grow by doubling to twice that in all.
    static ReadOnlyMemory<byte> Compose(Action<IBufferWriter<byte>> write)
    {
        var scratch = _scratch ?? new ArrayBufferWriter<byte>(8 * 1024);
        // Out of reach of what writes the content, should that compose a message too.
        _scratch = null;
        write(scratch);
        if (scratch.Capacity > KeptScratchBytes)
            return scratch.WrittenMemory;
        var envelope = scratch.WrittenSpan.ToArray();
        scratch.ResetWrittenCount();
        _scratch = scratch;
        return envelope;
    }

    MultipartWriter WriterFor(PipeWriter output) => new(output, _boundary, WriteBytes);

    long? MultipartLength()
    {
        if (_attachments.Any(attachment => attachment.Length is null))
            return null;
        var parts = _attachments.Select(attachment => (attachment.Headers, attachment.Length.GetValueOrDefault()));
        return MultipartWriter.ContentLength(_boundary, parts.Prepend((_rootHeaders, _envelope.Length)));
    }
}

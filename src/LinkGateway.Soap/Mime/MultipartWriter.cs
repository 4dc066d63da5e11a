using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace LinkGateway.Soap.Mime;

/// <summary>
/// Writes a multipart/related message (RFC 2387) into a pipe, each part as
/// <code>
/// "--" boundary CRLF *(name ": " value CRLF) CRLF content CRLF
/// </code>
/// and at the end <c>"--" boundary "--" CRLF</c>. Content is written as it is given (binary). Every write waits for the pipe's reader
/// (back-pressure). Not thread-safe.
/// </summary>
public sealed class MultipartWriter
{
    const int DefaultBufferBytes = 64 * 1024;

    readonly PipeWriter _output;
    readonly string _boundary;
    readonly int _bufferBytes;
    bool _completed;

    /// <summary>Makes a writer. Nothing is written yet.</summary>
    /// <param name="output">Where the message goes. The writer flushes it and never completes it.</param>
    /// <param name="boundary">A boundary that does not occur in the content; see <see cref="MultipartBoundary.Create"/>.</param>
    /// <param name="bufferBytes">Bytes written between two flushes. Default 64 KiB.</param>
    /// <exception cref="ArgumentException">The boundary is none, or the buffer has no bytes.</exception>
    public MultipartWriter(PipeWriter output, string boundary, int bufferBytes = DefaultBufferBytes)
    {
        RequireBoundary(boundary);
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferBytes, 1);
        _output = output;
        _boundary = boundary;
        _bufferBytes = bufferBytes;
    }

    /// <summary>The message's Content-Type. It carries no charset: firewalls and toolkits stumble over it here (pitfall 26).</summary>
    /// <param name="rootContentId">The Content-ID of the root part, with or without brackets.</param>
    /// <param name="rootType">The root's media type without parameters, for example <c>text/xml</c>.</param>
    /// <param name="startInfo">The type of the SOAP envelope where <paramref name="rootType"/> is <c>application/xop+xml</c>.</param>
    public MediaType RelatedContentType(string rootContentId, string rootType, string? startInfo = null)
    {
        var id = ContentIds.Normalise(rootContentId)
            ?? throw new ArgumentException("The root part needs a Content-ID.", nameof(rootContentId));
        List<KeyValuePair<string, string>> parameters = [new("type", rootType), new("start", $"<{id}>"), new("boundary", _boundary)];
        if (startInfo is not null)
            parameters.Add(new("start-info", startInfo));
        return new MediaType("multipart", "related", parameters);
    }

    /// <summary>The bytes that a message will have, for Content-Length.</summary>
    /// <param name="boundary">Its boundary.</param>
    /// <param name="parts">Each part's headers and the bytes of its content.</param>
    public static long ContentLength(string boundary, IEnumerable<(MimeHeaders Headers, long BodyBytes)> parts)
    {
        RequireBoundary(boundary);
        var counter = new ArrayBufferWriter<byte>();
        long length = 0;
        foreach (var (headers, bodyBytes) in parts)
        {
            WriteHeaders(counter, boundary, headers);
            length += counter.WrittenCount + bodyBytes + "\r\n"u8.Length;
            counter.ResetWrittenCount();
        }
        WriteClosing(counter, boundary);
        return length + counter.WrittenCount;
    }

    /// <summary>Writes a part whose content is in memory.</summary>
    /// <param name="headers">The part's headers; see <see cref="MimeHeaders.ForPart"/>.</param>
    /// <param name="body">The content.</param>
    /// <param name="cancellationToken">Cancels waiting for the reader.</param>
    /// <exception cref="IOException">The pipe's reader has gone.</exception>
    public async ValueTask WritePartAsync(MimeHeaders headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        BeginPart(headers);
        await WriteAsync(body, cancellationToken);
        await EndPartAsync(cancellationToken);
    }

    /// <summary>Writes a part whose content comes from a stream, read to its end into the pipe's own buffers.</summary>
    /// <inheritdoc cref="WritePartAsync(MimeHeaders, ReadOnlyMemory{byte}, CancellationToken)"/>
    public async ValueTask WritePartAsync(MimeHeaders headers, Stream body, CancellationToken cancellationToken = default)
    {
        BeginPart(headers);
        int read;
        while ((read = await body.ReadAsync(_output.GetMemory(_bufferBytes), cancellationToken)) > 0)
        {
            _output.Advance(read);
            await FlushAsync(cancellationToken);
        }
        await EndPartAsync(cancellationToken);
    }

    /// <summary>Writes a part whose content comes from a pipe, which is read to its end and not completed.</summary>
    /// <inheritdoc cref="WritePartAsync(MimeHeaders, ReadOnlyMemory{byte}, CancellationToken)"/>
    public async ValueTask WritePartAsync(MimeHeaders headers, PipeReader body, CancellationToken cancellationToken = default)
    {
        BeginPart(headers);
        ReadResult read;
        do
        {
            read = await body.ReadAsync(cancellationToken);
            if (read.IsCanceled)
            {
                body.AdvanceTo(read.Buffer.Start);
                throw new OperationCanceledException("The pending read of the part's content was cancelled.");
            }
            foreach (var segment in read.Buffer)
                await WriteAsync(segment, cancellationToken);
            body.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);
        await EndPartAsync(cancellationToken);
    }

    /// <summary>Writes the closing boundary. Without it a receiver takes the message for cut off.</summary>
    /// <param name="cancellationToken">Cancels waiting for the reader.</param>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        _completed = true;
        WriteClosing(_output, _boundary);
        // A reader that has the closing boundary may be gone already: that is no failure.
        var flush = await _output.FlushAsync(cancellationToken);
        if (flush.IsCanceled)
            throw FlushCancelled();
    }

    void BeginPart(MimeHeaders headers)
    {
        RequireOpen();
        WriteHeaders(_output, _boundary, headers);
    }

    ValueTask EndPartAsync(CancellationToken cancellationToken)
    {
        _output.Write("\r\n"u8);
        return FlushAsync(cancellationToken);
    }

    async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // In pieces: a pipe copies all of one write before it lets the writer wait.
        for (var rest = bytes; !rest.IsEmpty; rest = rest[Math.Min(_bufferBytes, rest.Length)..])
            Check(await _output.WriteAsync(rest[..Math.Min(_bufferBytes, rest.Length)], cancellationToken));
    }

    async ValueTask FlushAsync(CancellationToken cancellationToken) => Check(await _output.FlushAsync(cancellationToken));

    static void Check(FlushResult result)
    {
        if (result.IsCanceled)
            throw FlushCancelled();
        if (result.IsCompleted)
            throw new IOException("The receiver of the multipart message stopped reading before its end.");
    }

    static OperationCanceledException FlushCancelled() => new("The pending flush of the multipart message was cancelled.");

    static void WriteHeaders(IBufferWriter<byte> output, string boundary, MimeHeaders headers)
    {
        output.Write("--"u8);
        Encoding.ASCII.GetBytes(boundary, output);
        output.Write("\r\n"u8);
        foreach (var header in headers)
        {
            Encoding.ASCII.GetBytes(header.Name, output);
            output.Write(": "u8);
            output.Write(header.RawValue.Span);
            output.Write("\r\n"u8);
        }
        output.Write("\r\n"u8);
    }

    static void WriteClosing(IBufferWriter<byte> output, string boundary)
    {
        output.Write("--"u8);
        Encoding.ASCII.GetBytes(boundary, output);
        output.Write("--\r\n"u8);
    }

    static void RequireBoundary(string boundary)
    {
        if (!MultipartBoundary.IsValid(boundary))
            throw new ArgumentException("A boundary has 1 to 70 characters of RFC 2046 bcharsnospace.", nameof(boundary));
    }

    void RequireOpen()
    {
        if (_completed)
            throw new InvalidOperationException("The closing boundary has been written.");
    }
}

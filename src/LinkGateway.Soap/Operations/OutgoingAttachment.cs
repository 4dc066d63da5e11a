using System.IO.Pipelines;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Operations;

/// <summary>
/// An attachment to be sent: its part headers and the one source of its bytes, which is read once, from its present position.
/// </summary>
public sealed class OutgoingAttachment : IAsyncDisposable
{
    Stream? _stream;
    PipeReader? _pipe;
    ReadOnlyMemory<byte> _memory;

    OutgoingAttachment(MimeHeaders headers, long? length)
    {
        Headers = headers ?? throw new ArgumentNullException(nameof(headers));
        Length = length;
    }

    /// <summary>The part's headers, written as they are; <see cref="MimeHeaders.ForPart"/> makes the usual ones.</summary>
    public MimeHeaders Headers { get; }

    /// <summary>
    /// The exact number of bytes; null where it is not known. All lengths known means a Content-Length, otherwise HTTP chunks.
    /// </summary>
    public long? Length { get; }

    /// <summary>An attachment whose bytes are in memory.</summary>
    /// <param name="headers">The part's headers.</param>
    /// <param name="bytes">The bytes; not copied.</param>
    /// <returns>The attachment.</returns>
    public static OutgoingAttachment From(MimeHeaders headers, ReadOnlyMemory<byte> bytes) =>
        new(headers, bytes.Length) { _memory = bytes };

    /// <summary>An attachment read from a stream while it is sent; the stream is disposed afterwards.</summary>
    /// <param name="headers">The part's headers.</param>
    /// <param name="stream">The bytes, from the present position to the end.</param>
    /// <param name="length">The exact number of bytes where it is known.</param>
    /// <returns>The attachment.</returns>
    public static OutgoingAttachment From(MimeHeaders headers, Stream stream, long? length = null) =>
        new(headers, length) { _stream = stream ?? throw new ArgumentNullException(nameof(stream)) };

    /// <summary>An attachment read from a pipe while it is sent; the reader is completed afterwards.</summary>
    /// <param name="headers">The part's headers.</param>
    /// <param name="pipe">The bytes.</param>
    /// <param name="length">The exact number of bytes where it is known.</param>
    /// <returns>The attachment.</returns>
    public static OutgoingAttachment From(MimeHeaders headers, PipeReader pipe, long? length = null) =>
        new(headers, length) { _pipe = pipe ?? throw new ArgumentNullException(nameof(pipe)) };

    internal ValueTask WriteToAsync(MultipartWriter writer, CancellationToken ct) =>
        _stream is not null ? writer.WritePartAsync(Headers, _stream, ct)
        : _pipe is not null ? writer.WritePartAsync(Headers, _pipe, ct)
        : writer.WritePartAsync(Headers, _memory, ct);

    /// <summary>Releases the source of the bytes; whoever sends the attachment does it.</summary>
    /// <returns>A task that completes when the source is released.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync();
        if (_pipe is not null)
            await _pipe.CompleteAsync();
        _stream = null;
        _pipe = null;
    }
}

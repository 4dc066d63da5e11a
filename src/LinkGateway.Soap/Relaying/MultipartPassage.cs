using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Soap.Mime;

namespace LinkGateway.Soap.Relaying;

/// <summary>Passes a multipart message on byte for byte while it proves that its framing is whole.</summary>
public static class MultipartPassage
{
    /// <summary>Reads the message to its end and writes it; flushed at the end, never completed.</summary>
    /// <param name="source">The message; not completed.</param>
    /// <param name="mediaType">Its type, multipart/related.</param>
    /// <param name="options">The limits of framing.</param>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="ct">Cancels the passage.</param>
    /// <exception cref="MimeFormatException">The framing is broken; the output then holds a part of the message.</exception>
    public static async ValueTask RunAsync(
        PipeReader source, MediaType mediaType, MultipartOptions options, PipeWriter output, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        var reader = new MultipartReader(new PassingReader(source, output), mediaType, options);
        while (await reader.ReadNextPartAsync(ct) is not null)
        {
            // The reader drops what is left of a part, and so passes it on, when the next one is asked for.
        }
        await output.FlushAsync(ct);
    }

    /// <summary>Writes to a pipe what is consumed from another.</summary>
    sealed class PassingReader(PipeReader source, PipeWriter output) : PipeReader
    {
        const int FlushBytes = 128 * 1024;

        ReadOnlySequence<byte> _buffer;
        long _unflushed;

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            if (_unflushed >= FlushBytes)
            {
                _unflushed = 0;
                if ((await output.FlushAsync(cancellationToken)).IsCompleted)
                    throw new IOException("Whoever takes the message in stopped reading before its end.");
            }
            var read = await source.ReadAsync(cancellationToken);
            _buffer = read.Buffer;
            return read;
        }

        public override bool TryRead(out ReadResult result)
        {
            result = default;
            if (_unflushed >= FlushBytes || !source.TryRead(out result))
                return false;
            _buffer = result.Buffer;
            return true;
        }

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            foreach (var segment in _buffer.Slice(_buffer.Start, consumed))
            {
                output.Write(segment.Span);
                _unflushed += segment.Length;
            }
            _buffer = default;
            source.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => source.CancelPendingRead();

        public override void Complete(Exception? exception = null) => source.Complete(exception);
    }
}

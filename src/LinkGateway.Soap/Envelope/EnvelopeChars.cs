using System.Text;

namespace LinkGateway.Soap.Envelope;

/// <summary>
/// The characters of bytes in memory, decoded straight into the buffer of whoever reads them: a <see cref="StreamReader"/> would hold
/// two more buffers for each reading of a small envelope.
/// </summary>
/// <param name="bytes">The bytes.</param>
/// <param name="encoding">Their encoding, which throws where they are none of it.</param>
sealed class EnvelopeChars(ReadOnlyMemory<byte> bytes, Encoding encoding) : TextReader
{
    readonly Decoder _decoder = encoding.GetDecoder();
    ReadOnlyMemory<byte> _left = bytes;
    char? _second;

    /// <exception cref="DecoderFallbackException">The bytes are none of the encoding.</exception>
    public override int Read(char[] buffer, int index, int count)
    {
        var target = buffer.AsSpan(index, count);
        if (target.Length > 1 && _second is null)
            return Decode(target);
        return target.IsEmpty ? 0 : ReadOne(out target[0]);
    }

    public override int Read() => throw new NotSupportedException("Envelopes are read in blocks.");

    public override int Peek() => throw new NotSupportedException("Envelopes are read in blocks.");

    // A decoder writes both halves of a surrogate pair or none.
    int ReadOne(out char one)
    {
        if (_second is { } kept)
        {
            (one, _second) = (kept, null);
            return 1;
        }
        Span<char> pair = stackalloc char[2];
        var read = Decode(pair);
        one = pair[0];
        if (read == 2)
            _second = pair[1];
        return Math.Min(read, 1);
    }

    int Decode(Span<char> target)
    {
        _decoder.Convert(_left.Span, target, flush: true, out var used, out var written, out _);
        _left = _left[used..];
        return written;
    }
}

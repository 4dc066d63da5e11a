using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;

namespace LinkGateway.Soap.Mime.TransferEncodings;

/// <summary>
/// RFC 2045 6.8: groups of four characters make three bytes; line ends and blanks may stand anywhere. Padding at the end may be
/// missing (pitfall 32). Any other character, and anything after padding, is an error: to drop it silently could drop data.
/// </summary>
sealed class Base64Decoder : ITransferDecoder
{
    const int GroupLength = 4;

    static readonly SearchValues<byte> NotData = SearchValues.Create("\r\n\t ="u8);

    // Characters without blanks; between runs less than one group.
    readonly byte[] _characters = new byte[4096];
    int _held;
    int _padding;

    public bool EndedUnpadded { get; private set; }

    public bool TryDecode(ReadOnlySpan<byte> encoded, IBufferWriter<byte> output)
    {
        while (!encoded.IsEmpty)
        {
            var end = encoded.IndexOfAny(NotData);
            var data = encoded[..Math.Min(end < 0 ? encoded.Length : end, _characters.Length - _held)];
            if (data.IsEmpty)
            {
                if (encoded[0] == (byte)'=' && ++_padding + _held % GroupLength > GroupLength)
                    return Refuse(output);
                encoded = encoded[1..];
                continue;
            }
            if (_padding > 0)
                return Refuse(output);
            data.CopyTo(_characters.AsSpan(_held));
            _held += data.Length;
            encoded = encoded[data.Length..];
            if (_held == _characters.Length && !TryDecodeGroups(output))
                return false;
        }
        return TryDecodeGroups(output);
    }

    public bool TryFinish(IBufferWriter<byte> output)
    {
        Debug.Assert(_held < GroupLength, "Whole groups are decoded at once.");
        if (_held == 0)
            return _padding == 0;
        // One character holds six bits only.
        if (_held == 1)
            return false;
        EndedUnpadded = _padding < GroupLength - _held;
        _characters.AsSpan(_held, GroupLength - _held).Fill((byte)'=');
        _held = GroupLength;
        return TryDecodeGroups(output);
    }

    public MimeFormatException Failure(MultipartInput input) => input.BadBase64();

    // Groups before the place are data all the same.
    bool Refuse(IBufferWriter<byte> output)
    {
        TryDecodeGroups(output);
        return false;
    }

    bool TryDecodeGroups(IBufferWriter<byte> output)
    {
        var groups = _characters.AsSpan(0, _held - _held % GroupLength);
        if (groups.IsEmpty)
            return true;
        var status = Base64.DecodeFromUtf8(groups, output.GetSpan(groups.Length / GroupLength * 3), out _, out var written);
        output.Advance(written);
        _characters.AsSpan(groups.Length, _held - groups.Length).CopyTo(_characters);
        _held -= groups.Length;
        return status == OperationStatus.Done;
    }
}

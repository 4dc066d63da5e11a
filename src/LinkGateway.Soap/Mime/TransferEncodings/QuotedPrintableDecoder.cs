using System.Buffers;

namespace LinkGateway.Soap.Mime.TransferEncodings;

/// <summary>
/// RFC 2045 6.7: <c>=</c> and two hexadecimal digits make a byte; <c>=</c> at the end of a line joins it to the next; blanks at the
/// end of a line are of the transport and go. All else, line ends included, stands for itself.
/// </summary>
sealed class QuotedPrintableDecoder : ITransferDecoder
{
    // Blanks are held until it is clear whether their line goes on; encoded lines have at most 76 characters.
    const int MaxHeldBlanks = 1024;

    static readonly SearchValues<byte> Special = SearchValues.Create("= \t\r\n"u8);

    readonly ArrayBufferWriter<byte> _blanks = new(128);
    State _state;
    int _high;

    enum State
    {
        Text,
        AfterEquals,
        AfterFirstDigit,
        AfterSoftBreakBlank,
        AfterSoftBreakCr,
    }

    public bool TryDecode(ReadOnlySpan<byte> encoded, IBufferWriter<byte> output)
    {
        while (!encoded.IsEmpty)
        {
            var text = _state == State.Text ? encoded.IndexOfAny(Special) : 0;
            if (text != 0)
            {
                text = text < 0 ? encoded.Length : text;
                FlushBlanks(output);
                output.Write(encoded[..text]);
                encoded = encoded[text..];
                continue;
            }
            if (!(_state == State.Text ? TryBegin(encoded[0], output) : TryContinueEscape(encoded[0], output)))
                return false;
            encoded = encoded[1..];
        }
        return true;
    }

    // The line end of a soft break before the boundary belongs to the boundary, so the part may end after '='.
    public bool TryFinish(IBufferWriter<byte> output) => _state is State.Text or State.AfterEquals or State.AfterSoftBreakBlank;

    public MimeFormatException Failure(MultipartInput input) => input.BadQuotedPrintable();

    bool TryBegin(byte special, IBufferWriter<byte> output)
    {
        switch (special)
        {
            case (byte)' ' or (byte)'\t':
                _blanks.Write([special]);
                return _blanks.WrittenCount <= MaxHeldBlanks;
            case (byte)'=':
                FlushBlanks(output);
                _state = State.AfterEquals;
                return true;
            default:
                _blanks.ResetWrittenCount();
                output.Write([special]);
                return true;
        }
    }

    bool TryContinueEscape(byte next, IBufferWriter<byte> output)
    {
        switch (_state, next)
        {
            case (not State.AfterFirstDigit, (byte)'\n'):
                _state = State.Text;
                return true;
            case (State.AfterEquals or State.AfterSoftBreakBlank, (byte)'\r'):
                _state = State.AfterSoftBreakCr;
                return true;
            case (State.AfterEquals or State.AfterSoftBreakBlank, (byte)' ' or (byte)'\t'):
                _state = State.AfterSoftBreakBlank;
                return true;
            case (State.AfterEquals, _) when char.IsAsciiHexDigit((char)next):
                _high = FromHex(next);
                _state = State.AfterFirstDigit;
                return true;
            case (State.AfterFirstDigit, _) when char.IsAsciiHexDigit((char)next):
                output.Write([(byte)(_high << 4 | FromHex(next))]);
                _state = State.Text;
                return true;
            default:
                return false;
        }
    }

    void FlushBlanks(IBufferWriter<byte> output)
    {
        output.Write(_blanks.WrittenSpan);
        _blanks.ResetWrittenCount();
    }

    // The low four bits of '0' to '9' are the digit's value; those of letters are one for A.
    static int FromHex(byte digit) => (digit & 0xF) + (digit > '9' ? 9 : 0);
}

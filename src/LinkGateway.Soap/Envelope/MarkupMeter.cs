using System.Buffers;

namespace LinkGateway.Soap.Envelope;

/// <summary>
/// Passes the characters of an envelope on to the XML reader and stops what would cost too much before the reader takes it in: the reader
/// gathers all attributes of an element, at a cost that grows with their square, and whole names, before anything can be judged.
/// </summary>
/// <remarks>
/// It tells apart text, tags, values, comments, CDATA and processing instructions, exactly for as long as the text is well-formed; where
/// it is not, the reader stops there.
/// </remarks>
/// <param name="text">The characters of the envelope.</param>
/// <param name="limits">What they may cost.</param>
/// <param name="where">Tells line and position of a character, counted from the first one.</param>
sealed class MarkupMeter(TextReader text, EnvelopeLimits limits, Func<long, string> where) : TextReader
{
    const int NameShown = 32;

    // Most tags have no attributes.
    static readonly SearchValues<char> PlainTagEnds = SearchValues.Create(">=\"'");

    static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/=>\"'");

    readonly char[] _tag = new char[NameShown];
    State _state;
    long _passed;
    int _attributes;
    int _nameLength;
    int _tagLength;
    bool _tagNamed;
    char _quote;
    char _closer;
    int _closersNeeded;
    int _closers;

    enum State
    {
        Text,
        Opening,
        Declaration,
        CommentOpening,
        Tag,
        Value,
        Skipped,
    }

    public override int Read(char[] buffer, int index, int count)
    {
        var read = text.Read(buffer, index, count);
        Judge(buffer.AsSpan(index, read));
        _passed += read;
        return read;
    }

    public override int Read() => throw new NotSupportedException("Envelopes are read in blocks.");

    public override int Peek() => throw new NotSupportedException("Envelopes are read in blocks.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    void Judge(ReadOnlySpan<char> block)
    {
        for (var at = 0; at < block.Length; at++)
        {
            if (_state is State.Text or State.Value)
            {
                // Most of an envelope is text: what ends it is searched for, all else is stepped through.
                var end = block[at..].IndexOf(_state == State.Text ? '<' : _quote);
                if (end < 0)
                    return;
                at += end;
                if (_state == State.Text && PlainTag(block[(at + 1)..]) is > 0 and var length)
                    at += length;
                else
                    _state = _state == State.Text ? State.Opening : State.Tag;
                continue;
            }
            if (_state == State.Tag)
            {
                var end = block[at..].IndexOfAny(NameEnds);
                Name(end < 0 ? block[at..] : block.Slice(at, end), _passed + at);
                if (end < 0)
                    return;
                at += end;
            }
            Step(block[at], _passed + at);
        }
    }

    /// <summary>The characters up to the end of a tag that can break no limit; 0 where it must be stepped through.</summary>
    int PlainTag(ReadOnlySpan<char> tag)
    {
        if (tag is [] or ['!' or '?', ..])
            return 0;
        var end = tag.IndexOfAny(PlainTagEnds);
        return end >= 0 && end < limits.NameLength && tag[end] == '>' ? end + 1 : 0;
    }

    void Step(char c, long at)
    {
        switch (_state)
        {
            case State.Opening:
                Open(c, at);
                break;
            case State.Declaration:
                if (c == '[')
                    SkipTo(']', 2);
                else if (c == '-')
                    _state = State.CommentOpening;
                else if (c == 'D')
                    throw Refuse(SoapFormatError.DocumentType, at,
                        "The envelope has a document type declaration (WS-I BP 1.1 R1008); send it without; it stands");
                else
                    _state = State.Text;
                break;
            case State.CommentOpening:
                SkipTo('-', 2);
                break;
            case State.Skipped:
                PassOver(c);
                break;
            case State.Tag:
                Tag(c, at);
                break;
        }
    }

    void Open(char c, long at)
    {
        if (c == '!')
        {
            _state = State.Declaration;
        }
        else if (c == '?')
        {
            SkipTo('?', 1);
        }
        else
        {
            _state = State.Tag;
            (_attributes, _nameLength, _tagLength, _tagNamed) = (0, 0, 0, false);
            if (NameEnds.Contains(c))
                Tag(c, at);
            else
                Name([c], at);
        }
    }

    void SkipTo(char closer, int needed)
    {
        _state = State.Skipped;
        (_closer, _closersNeeded, _closers) = (closer, needed, 0);
    }

    void PassOver(char c)
    {
        if (c == _closer)
            _closers++;
        else if (c == '>' && _closers >= _closersNeeded)
            _state = State.Text;
        else
            _closers = 0;
    }

    void Tag(char c, long at)
    {
        switch (c)
        {
            case '>':
                _state = State.Text;
                break;
            case '"' or '\'':
                (_state, _quote) = (State.Value, c);
                break;
            case '=':
                EndName();
                if (++_attributes > limits.ElementAttributes)
                    throw Refuse(SoapFormatError.TooManyAttributes, at,
                        $"Element '{Shown}' has more than elementAttributes ({limits.ElementAttributes}) attributes, "
                        + "namespace declarations included,");
                break;
            case ' ' or '\t' or '\r' or '\n' or '/':
                EndName();
                break;
        }
    }

    void Name(ReadOnlySpan<char> part, long at)
    {
        if (!_tagNamed)
        {
            var shown = part[..Math.Min(part.Length, NameShown - _tagLength)];
            shown.CopyTo(_tag.AsSpan(_tagLength));
            _tagLength += shown.Length;
        }
        var allowed = limits.NameLength - _nameLength;
        _nameLength += part.Length;
        if (part.Length > allowed)
            throw Refuse(SoapFormatError.NameTooLong, at + allowed,
                $"A name {(_tagNamed ? "in" : "of")} element '{Shown}' is longer than nameLength ({limits.NameLength})");
    }

    void EndName()
    {
        _tagNamed |= _nameLength > 0;
        _nameLength = 0;
    }

    string Shown => new(_tag, 0, _tagLength);

    SoapFormatException Refuse(SoapFormatError error, long at, string message) => new(error, $"{message} at {where(at)}.");
}

using System.Text;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.Mime;

/// <summary>Reads the parts of a Content-Type value from left to right, as leniently as <see cref="MediaType.TryParse"/> says.</summary>
ref struct MediaTypeParser(ReadOnlySpan<char> text)
{
    ReadOnlySpan<char> _rest = text;
    List<Deviation>? _deviations;

    /// <summary>What was read leniently so far.</summary>
    public readonly IReadOnlyList<Deviation> Deviations => _deviations ?? (IReadOnlyList<Deviation>)[];

    public bool TryReadEssence(out string type, out string subtype)
    {
        type = subtype = "";
        var end = _rest.IndexOf(';');
        var essence = Trim(end < 0 ? _rest : _rest[..end]);
        _rest = end < 0 ? [] : _rest[end..];

        var slash = essence.IndexOf('/');
        if (slash < 0 || !MimeTokens.IsToken(Trim(essence[..slash])) || !MimeTokens.IsToken(Trim(essence[(slash + 1)..])))
            return false;
        type = Trim(essence[..slash]).ToString();
        subtype = Trim(essence[(slash + 1)..]).ToString();
        return true;
    }

    public bool TryReadParameters(out KeyValuePair<string, string>[] parameters)
    {
        var read = new List<KeyValuePair<string, string>>();
        parameters = [];
        while (!_rest.IsEmpty)
        {
            _rest = Trim(_rest[1..]);
            var end = _rest.IndexOfAny('=', ';');
            if (end < 0 || _rest[end] == ';')
            {
                // A name without a value, or nothing at all (trailing semicolon, pitfall 26), says nothing.
                Report(Deviation.ParameterStray);
                _rest = end < 0 ? [] : _rest[end..];
                continue;
            }
            var name = Trim(_rest[..end]).ToString();
            _rest = Trim(_rest[(end + 1)..]);
            if (!TryReadValue(name, out var value))
                return false;
            if (read.Exists(known => known.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
                Report(Deviation.Repeated);
            if (MimeTokens.IsToken(name))
                read.Add(new(name, value));
            else
                Report(Deviation.ParameterStray);
        }
        parameters = MediaTypeContinuations.Join(read);
        // RFC 2231 escapes could smuggle line ends into whatever the value is written to (pitfall 35).
        return !Array.Exists(parameters, parameter => parameter.Value.Any(c => char.IsControl(c) && c != '\t'));
    }

    bool TryReadValue(string name, out string value)
    {
        if (_rest.StartsWith("\""))
            return TryReadQuoted(out value);

        var end = _rest.IndexOf(';');
        var raw = Trim(end < 0 ? _rest : _rest[..end]);
        _rest = end < 0 ? [] : _rest[end..];
        // Pitfall 20: type='application/xop+xml'. In a boundary the quote is an ordinary character (RFC 2046 bchars).
        if (raw.Length >= 2 && raw[0] == '\'' && raw[^1] == '\'' && !name.Equals("boundary", StringComparison.OrdinalIgnoreCase))
        {
            Report(Deviation.ParameterSingleQuoted);
            raw = raw[1..^1];
        }
        else if (!MimeTokens.IsToken(raw))
        {
            Report(Deviation.ParameterUnquoted);
        }
        value = raw.ToString();
        return true;
    }

    bool TryReadQuoted(out string value)
    {
        var text = new StringBuilder();
        for (var i = 1; i < _rest.Length; i++)
        {
            if (_rest[i] == '"')
            {
                var after = _rest[(i + 1)..];
                var end = after.IndexOf(';');
                if (!Trim(end < 0 ? after : after[..end]).IsEmpty)
                    Report(Deviation.ParameterStray);
                _rest = end < 0 ? [] : after[end..];
                value = text.ToString();
                return true;
            }
            if (_rest[i] == '\\' && i + 1 < _rest.Length)
                i++;
            text.Append(_rest[i]);
        }
        value = "";
        return false;
    }

    void Report(Deviation deviation) => (_deviations ??= []).Add(deviation);

    static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t");
}

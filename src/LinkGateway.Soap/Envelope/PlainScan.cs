using System.Text;
using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>
/// Proves whole, straight from the bytes, what nearly all envelopes are: UTF-8, ASCII names, no comments, CDATA sections or processing
/// instructions, few levels and attributes. It knows no errors: whatever it does not recognise is left to <see cref="EnvelopeScan"/>,
/// which finds the same in what both accept, at several times the cost, and tells what is wrong with the rest.
/// </summary>
ref struct PlainScan
{
    const int MostDepth = 32;
    const int MostAttributes = 16;
    const int MostNamespaces = 32;
    const string XopNamespace = "http://www.w3.org/2004/08/xop/include";

    readonly ReadOnlySpan<byte> _bytes;
    readonly EnvelopeLimits _limits;
    readonly Span<OpenElement> _open;
    readonly Span<PlainAttribute> _attributes;
    readonly Span<Declared> _namespaces;
    readonly HeaderBlocks _headers = new();
    int _at;
    int _depth;
    int _attributeCount;
    int _namespaceCount;
    int _nodes;
    int _headerNodes;
    bool _headerSeen;
    bool _bodySeen;
    bool _inHeader;
    SoapVersion? _version;
    Piece _soap;
    Piece _namespaceAt;
    XNamespace? _namespace;
    XName? _bodyName;
    int _bodyElements;
    bool _hasHref;
    bool _hasInclude;
    bool _hasEncodingStyle;

    PlainScan(
        ReadOnlySpan<byte> bytes, EnvelopeLimits limits, Span<OpenElement> open, Span<PlainAttribute> attributes, Span<Declared> namespaces)
    {
        _bytes = bytes;
        _limits = limits;
        _open = open;
        _attributes = attributes;
        _namespaces = namespaces;
    }

    /// <summary>Scans an envelope.</summary>
    /// <param name="bytes">The envelope in UTF-8, without byte order mark.</param>
    /// <param name="limits">What it may cost.</param>
    /// <returns>What was found; null where this scan cannot tell.</returns>
    public static ScannedEnvelope? TryRun(ReadOnlySpan<byte> bytes, EnvelopeLimits limits)
    {
        if (!PlainText.IsAllowed(bytes)) return null;
        var scan = new PlainScan(
            bytes, limits, stackalloc OpenElement[MostDepth], stackalloc PlainAttribute[MostAttributes],
            stackalloc Declared[MostNamespaces]);
        return scan.Run() ? scan.Found() : null;
    }

    readonly ScannedEnvelope Found() => new()
    {
        Version = _version!.Value,
        BodyName = _bodyName,
        BodyElements = _bodyElements,
        Headers = _headers.All,
        HasHref = _hasHref,
        HasInclude = _hasInclude,
        HasEncodingStyle = _hasEncodingStyle,
    };

    bool Run()
    {
        _at = PlainMarkup.ReadDeclaration(_bytes);
        // To the reader it is a node with two attributes.
        if (_at > 0 && !CountNodes(3)) return false;
        while (_bytes[_at..].IndexOf((byte)'<') is >= 0 and var length)
        {
            if (!PassText(new Piece(_at, length))) return false;
            _at += length + 1;
            if (!(Next == '/' ? PassEndTag() : PassTag())) return false;
        }
        return _depth == 0 && _bodySeen && PlainText.IsBlank(_bytes[_at..]);
    }

    readonly byte Next => _at < _bytes.Length ? _bytes[_at] : (byte)0;

    bool PassText(Piece text)
    {
        if (text.Length == 0) return true;
        if (_depth >= _limits.EnvelopeDepth || !CountNodes(1)) return false;
        // Outside the root element and directly inside Envelope.
        if (_depth < 2) return PlainText.IsBlank(Of(text));
        if (!PlainText.HasPlainReferences(Of(text))) return false;
        if (_inHeader && _headers.IsOpen) _headers.AddText(PlainText.Decode(Of(text)));
        return true;
    }

    bool PassEndTag()
    {
        if (_depth == 0) return false;
        var name = Of(_open[_depth - 1].Name);
        if (!_bytes[++_at..].StartsWith(name)) return false;
        _at += name.Length;
        SkipBlanks();
        if (Next != '>') return false;
        _at++;
        _namespaceCount = _open[--_depth].NamespacesBefore;
        if (_inHeader && _depth >= 2) _headers.Close();
        _inHeader &= _depth >= 2;
        return true;
    }

    bool PassTag()
    {
        var namespacesBefore = _namespaceCount;
        if (_depth >= Math.Min(MostDepth, _limits.EnvelopeDepth) || !TryReadName(out var name)) return false;
        _attributeCount = 0;
        while (true)
        {
            var blanks = SkipBlanks();
            if (Next is (byte)'>' or (byte)'/') break;
            if (blanks == 0 || !TryReadAttribute()) return false;
        }
        var isEmpty = Next == '/';
        if (isEmpty) _at++;
        if (Next != '>') return false;
        _at++;
        if (!TryResolve(name.Prefix, out var space) || Of(name.Prefix).SequenceEqual("xml"u8) || !HasSoundAttributes()) return false;
        if (!CountNodes(1 + _attributeCount) || !Place(name, space, isEmpty)) return false;
        if (isEmpty)
            _namespaceCount = namespacesBefore;
        else
            _open[_depth++] = new OpenElement(name.Whole, namespacesBefore);
        return true;
    }

    /// <summary>Finds out what an element is by where it stands.</summary>
    bool Place(PlainName name, Piece space, bool isEmpty) => _depth switch
    {
        0 => EnterEnvelope(name, space),
        1 => EnterPart(name, space, isEmpty),
        _ when _inHeader => AddToHeader(name, space, isEmpty),
        _ => PassBodyElement(name, space),
    };

    bool EnterEnvelope(PlainName name, Piece space)
    {
        if (_version is not null || !Is(name.Local, "Envelope"u8)) return false;
        _version = SoapVersionExtensions.FromNamespace(SpaceOf(space).NamespaceName);
        _soap = space;
        NoteEncodingStyle();
        return _version is not null;
    }

    bool EnterPart(PlainName name, Piece space, bool isEmpty)
    {
        if (_bodySeen || !Of(space).SequenceEqual(Of(_soap))) return false;
        if (Is(name.Local, "Body"u8))
        {
            _bodySeen = true;
            NoteEncodingStyle();
            return true;
        }
        if (_headerSeen || !Is(name.Local, "Header"u8)) return false;
        _headerSeen = true;
        _inHeader = !isEmpty;
        return true;
    }

    bool AddToHeader(PlainName name, Piece space, bool isEmpty)
    {
        var element = new XElement(SpaceOf(space) + Text(name.Local));
        foreach (var attribute in _attributes[.._attributeCount])
            element.Add(new XAttribute(NameOf(attribute.Name), PlainText.DecodeValue(Of(attribute.Value))));
        _headers.Open(element, isEmpty);
        return true;
    }

    bool PassBodyElement(PlainName name, Piece space)
    {
        if (_depth == 2)
        {
            _bodyName ??= SpaceOf(space) + Text(name.Local);
            _bodyElements++;
        }
        if (Is(name.Local, "Include"u8) && Text(space) == XopNamespace)
            _hasInclude = true;
        else if (_attributeCount > 0)
            _hasHref |= Has("href"u8, default);
        NoteEncodingStyle();
        return true;
    }

    void NoteEncodingStyle() => _hasEncodingStyle |= _attributeCount > 0 && Has("encodingStyle"u8, _soap);

    /// <summary>Whether the tag at hand has an attribute of this name.</summary>
    readonly bool Has(ReadOnlySpan<byte> local, Piece space)
    {
        foreach (var attribute in _attributes[.._attributeCount])
        {
            if (!Is(attribute.Name.Local, local) || IsDeclaration(attribute.Name)) continue;
            // The default namespace is not that of attributes (Namespaces in XML 6.2).
            if (attribute.Name.Prefix.Length == 0 ? space.Length == 0
                : TryResolve(attribute.Name.Prefix, out var found) && Of(found).SequenceEqual(Of(space)))
                return true;
        }
        return false;
    }

    bool TryReadName(out PlainName name)
    {
        var length = PlainMarkup.ReadName(_bytes[_at..], out var colon);
        name = new PlainName(new Piece(_at, length), colon);
        _at += length;
        return length > 0 && length <= _limits.NameLength;
    }

    bool TryReadAttribute()
    {
        if (_attributeCount == Math.Min(MostAttributes, _limits.ElementAttributes) || !TryReadName(out var name)) return false;
        SkipBlanks();
        if (Next != '=') return false;
        _at++;
        SkipBlanks();
        var quote = Next;
        if (quote is not ((byte)'"' or (byte)'\'')) return false;
        var length = _bytes[++_at..].IndexOf(quote);
        if (length < 0) return false;
        var value = new Piece(_at, length);
        _at += length + 1;
        if (Of(value).Contains((byte)'<') || !PlainText.HasPlainReferences(Of(value))) return false;
        _attributes[_attributeCount++] = new PlainAttribute(name, value);
        return !IsDeclaration(name) || TryDeclare(name, value);
    }

    readonly bool IsDeclaration(PlainName name) => Is(name.Prefix.Length == 0 ? name.Local : name.Prefix, "xmlns"u8);

    // Namespaces in XML 3: what is reserved, and a prefix that is taken back, are the XML reader's to judge.
    bool TryDeclare(PlainName name, Piece value)
    {
        var prefix = name.Prefix.Length == 0 ? default : name.Local;
        var space = Of(value);
        if (_namespaceCount == MostNamespaces || value.Length > _limits.NamespaceLength || space.IndexOfAny("&\t\r\n"u8) >= 0) return false;
        if (prefix.Length > 0 && value.Length == 0 || Is(prefix, "xml"u8) || Is(prefix, "xmlns"u8)) return false;
        if (space.StartsWith("http://www.w3.org/XML/1998/namespace"u8) || space.StartsWith("http://www.w3.org/2000/xmlns"u8)) return false;
        _namespaces[_namespaceCount++] = new Declared(prefix, value);
        return true;
    }

    /// <summary>Whether no attribute stands twice and all prefixes are known.</summary>
    readonly bool HasSoundAttributes()
    {
        for (var i = 0; i < _attributeCount; i++)
        {
            var name = _attributes[i].Name;
            if (!IsDeclaration(name) && name.Prefix.Length > 0 && !TryResolve(name.Prefix, out _)) return false;
            for (var j = 0; j < i; j++)
            {
                // Two prefixes may stand for one namespace: the same local name twice is rare enough to leave to the XML reader.
                if (Of(_attributes[j].Name.Local).SequenceEqual(Of(name.Local))) return false;
            }
        }
        return true;
    }

    /// <summary>The namespace that a prefix stands for; an empty piece for none, and for <c>xml</c>.</summary>
    readonly bool TryResolve(Piece prefix, out Piece space)
    {
        for (var i = _namespaceCount - 1; i >= 0; i--)
        {
            if (!Of(_namespaces[i].Prefix).SequenceEqual(Of(prefix))) continue;
            space = _namespaces[i].Name;
            return true;
        }
        space = default;
        return prefix.Length == 0 || Is(prefix, "xml"u8);
    }

    XName NameOf(PlainName name)
    {
        var local = Text(name.Local);
        if (name.Prefix.Length == 0) return local;
        if (Is(name.Prefix, "xmlns"u8)) return XNamespace.Xmlns + local;
        if (Is(name.Prefix, "xml"u8)) return XNamespace.Xml + local;
        TryResolve(name.Prefix, out var space);
        return SpaceOf(space) + local;
    }

    // Names side by side are mostly of one namespace.
    XNamespace SpaceOf(Piece piece)
    {
        if (_namespace is not null && Of(piece).SequenceEqual(Of(_namespaceAt)))
            return _namespace;
        (_namespaceAt, _namespace) = (piece, XNamespace.Get(Text(piece)));
        return _namespace;
    }

    bool CountNodes(int nodes)
    {
        _nodes += nodes;
        if (_inHeader) _headerNodes += nodes;
        return _nodes <= _limits.EnvelopeNodes && _headerNodes <= _limits.HeaderNodes;
    }

    int SkipBlanks()
    {
        if (Next > ' ') return 0;
        var count = PlainText.CountBlanks(_bytes[_at..]);
        _at += count;
        return count;
    }

    readonly ReadOnlySpan<byte> Of(Piece piece) => _bytes.Slice(piece.Start, piece.Length);

    readonly bool Is(Piece piece, ReadOnlySpan<byte> text) => Of(piece).SequenceEqual(text);

    readonly string Text(Piece piece) => Encoding.UTF8.GetString(Of(piece));

    /// <summary>A piece of the envelope.</summary>
    readonly record struct Piece(int Start, int Length);

    /// <summary>A name as it is written.</summary>
    readonly record struct PlainName(Piece Whole, int Colon)
    {
        public Piece Prefix => Colon < 0 ? default : Whole with { Length = Colon };

        public Piece Local => Colon < 0 ? Whole : new Piece(Whole.Start + Colon + 1, Whole.Length - Colon - 1);
    }

    readonly record struct PlainAttribute(PlainName Name, Piece Value);

    readonly record struct Declared(Piece Prefix, Piece Name);

    readonly record struct OpenElement(Piece Name, int NamespacesBefore);
}

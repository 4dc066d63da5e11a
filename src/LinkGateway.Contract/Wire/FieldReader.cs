using System.Xml;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Wire;

/// <summary>Hands out the fields of one element by name, whatever their order, and records the first thing that is wrong with
/// them.</summary>
/// <remarks>
/// <para>
/// Lenient where toolkits differ: attributes (<c>xsi:type</c>, <c>encodingStyle</c>), the order of fields, and white space around values
/// other than text are ignored, and <c>xsi:nil</c> counts as absent. Strict where a slip would change the meaning: unqualified, unknown and
/// repeated fields are reading that name them.
/// </para>
/// <para>Not thread-safe; lives for one message.</para>
/// </remarks>
sealed class FieldReader
{
    readonly FieldNode _node;
    readonly MessageReading _reading;
    readonly TimeZoneInfo _zone;

    FieldReader(FieldNode node, MessageReading reading, TimeZoneInfo zone) => (_node, _reading, _zone) = (node, reading, zone);

    /// <summary>Reads the element that <paramref name="reader"/> stands on, to behind its end, and builds the value from its
    /// fields.</summary>
    public static Outcome<T> Read<T>(XmlReader reader, XmlQualifiedName name, Shape<T> shape, TimeZoneInfo zone)
    {
        var reading = new MessageReading();
        try
        {
            if (!reader.IsStartElement(name.Name, name.Namespace))
                return new Refusal(ErrorCatalogue.MessageMalformed, $"{reader.LocalName} ≠ {name.Name}");

            var node = FieldNode.Read(reader, name.Namespace, reading);
            var value = new FieldReader(node, reading, zone).Build(shape);
            return reading.First is { } refusal ? refusal : value;
        }
        catch (XmlException e)
        {
            return new Refusal(ErrorCatalogue.MessageMalformed, $"XML, {e.LineNumber}:{e.LinePosition}");
        }
    }

    public string Text(string name) => TextOrNull(name) ?? Missing(name, "");

    public string? TextOrNull(string name) => Find(name) is { } node ? LeafText(node) : null;

    /// <summary>A text that cannot be empty: toolkits write one that is not set as an empty element.</summary>
    public string? TokenOrNull(string name) => TextOrNull(name) is { Length: > 0 } token ? token : null;

    public IReadOnlyList<string> Texts(string name) => [.. FindAll(name).Select(LeafText)];

    public IReadOnlyList<string> AtLeastOneText(string name) => Texts(name) is { Count: > 0 } texts ? texts : Missing<string[]>(name, []);

    public T Value<T>(string name, FieldType<T> type)
        where T : struct => Find(name) is { } node ? Parse(node, type) ?? default : Missing<T>(name, default);

    public T? ValueOrNull<T>(string name, FieldType<T> type)
        where T : struct => Find(name) is { } node ? Parse(node, type) : null;

    public byte[] Binary(string name) => BinaryOrNull(name) ?? Missing<byte[]>(name, []);

    public byte[]? BinaryOrNull(string name) => Find(name) is { } node ? ParseBinary(node) : null;

    public IReadOnlyList<byte[]> Binaries(string name) => [.. FindAll(name).Select(ParseBinary)];

    byte[] ParseBinary(FieldNode node)
    {
        try
        {
            return Convert.FromBase64String(LeafText(node));
        }
        catch (FormatException)
        {
            Invalid(node, "expected xs:base64Binary");
            return [];
        }
    }

    /// <summary>
    /// A reference to an attachment: the element's text (wsi:swaRef) or, as toolkits other than the contract's send it, an
    /// <c>xop:Include</c> or an <c>href</c> attribute.
    /// </summary>
    public string? ReferenceOrNull(string name)
    {
        if (Find(name) is not { } node) return null;
        if ((node.Include ?? node.Href) is not { } other) return LeafText(node).Trim();
        var hasMore = node is { Include: not null, Href: not null } || node.Children.Count > 0 || !string.IsNullOrWhiteSpace(node.Text);
        if (hasMore) Invalid(node, "expected one reference");
        return other.Trim();
    }

    /// <summary>Bytes in the message or, where an MTOM toolkit has taken them out, the reference to their attachment.</summary>
    public (byte[]? Bytes, string? Reference) BinaryOrReference(string name) =>
        _node.Children.Find(child => child.Name == name) is { Include: not null }
            ? (null, ReferenceOrNull(name))
            : (BinaryOrNull(name), null);

    public T Group<T>(string name, Shape<T> shape)
        where T : class => GroupOrNull(name, shape) ?? MissingGroup(name, shape);

    public T? GroupOrNull<T>(string name, Shape<T> shape)
        where T : class => Find(name) is { } node ? Child(node).Build(shape) : null;

    public IReadOnlyList<T> Groups<T>(string name, Shape<T> shape) => [.. FindAll(name).Select(node => Child(node).Build(shape))];

    /// <summary>Records a refusal that concerns several fields together.</summary>
    public void Refuse(Refusal refusal) => _reading.Add(refusal);

    T Build<T>(Shape<T> shape)
    {
        var value = shape.Read(this);
        if (_node.Children.Find(child => !child.Taken) is { } unknown) Invalid(unknown, "no such field");
        if (_node.Include is not null) Invalid(_node, "xop:Include has no place here");
        return value;
    }

    FieldReader Child(FieldNode node) => new(node, _reading, _zone);

    FieldNode? Find(string name)
    {
        FieldNode? found = null;
        foreach (var node in FindAll(name))
        {
            if (found is not null) Invalid(node, "more than once");
            found ??= node;
        }

        return found;
    }

    IEnumerable<FieldNode> FindAll(string name)
    {
        foreach (var child in _node.Children)
        {
            if (child.Name != name) continue;
            child.Taken = true;
            yield return child;
        }
    }

    string LeafText(FieldNode node)
    {
        if (node.Children.Count > 0) Invalid(node, "expected text");
        if (node.Include is not null) Invalid(node, "xop:Include has no place here");
        node.Children.Clear();
        return node.Text;
    }

    T? Parse<T>(FieldNode node, FieldType<T> type)
        where T : struct
    {
        var value = type.Parse(LeafText(node).Trim(), _zone);
        if (value is null) Invalid(node, $"expected {type.Expected}");
        return value;
    }

    T Missing<T>(string name, T substitute)
    {
        _reading.Add(new Refusal(ErrorCatalogue.FieldMissing, _node.PathOf(name)));
        return substitute;
    }

    // The nested value is built from an empty element, so that the caller needs no null check; it is thrown away with the refusal.
    T MissingGroup<T>(string name, Shape<T> shape)
    {
        Missing(name, "");
        return Child(new FieldNode(name, _node)).Build(shape);
    }

    void Invalid(FieldNode node, string reason) => _reading.Add(new Refusal(ErrorCatalogue.FieldInvalid, node.Path, reason));
}

using System.Text;
using System.Xml;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Wire;

/// <summary>One element of a message: text or children.</summary>
sealed class FieldNode(string name, FieldNode? parent)
{
    // A wrapper, manifest, property, name are 4; the rest can only be unknown elements.
    const int MaxDepth = 8;

    const string XopNamespace = "http://www.w3.org/2004/08/xop/include";

    const string XsiNamespace = "http://www.w3.org/2001/XMLSchema-instance";

    public string Name { get; } = name;

    public string Text { get; private set; } = "";

    public List<FieldNode> Children { get; } = [];

    /// <summary>Its <c>href</c> attribute, by which SwA toolkits of the first years refer to an attachment.</summary>
    public string? Href { get; private set; }

    /// <summary>The reference of an <c>xop:Include</c> in the place of text (XOP 1.0 2.1), as MTOM toolkits send it.</summary>
    public string? Include { get; private set; }

    /// <summary>True once a field of the message's type was read from it.</summary>
    public bool Taken { get; set; }

    /// <summary>The names from below the wrapper down to here, such as <c>manifest.size</c>.</summary>
    public string Path => parent?.PathOf(Name) ?? "";

    /// <summary>The path that a child of that name has.</summary>
    public string PathOf(string child) => Path.Length == 0 ? child : $"{Path}.{child}";

    /// <summary>Reads the element that <paramref name="reader"/> stands on, to behind its end.</summary>
    public static FieldNode Read(XmlReader reader, string ns, MessageReading reading) =>
        new FieldNode(reader.LocalName, null).Fill(reader, ns, reading, depth: 1);

    FieldNode Fill(XmlReader reader, string ns, MessageReading reading, int depth)
    {
        Href = reader.GetAttribute("href");
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return this;
        }

        // A value is one piece of text but for comments and CDATA sections, which cut it.
        StringBuilder? pieces = null;
        reader.ReadStartElement();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element) AddChild(reader, ns, reading, depth);
            else if (Text.Length == 0) Text = TakeText(reader);
            else (pieces ??= new StringBuilder(Text)).Append(TakeText(reader));
        }

        reader.ReadEndElement();
        if (pieces is not null) Text = pieces.ToString();
        if (Children.Count > 0 && !string.IsNullOrWhiteSpace(Text))
            reading.Add(new Refusal(ErrorCatalogue.FieldInvalid, Name, "text between fields"));
        return this;
    }

    void AddChild(XmlReader reader, string ns, MessageReading reading, int depth)
    {
        if (reader.NamespaceURI == XopNamespace && reader.LocalName == "Include")
        {
            if (Include is not null)
                reading.Add(new Refusal(ErrorCatalogue.FieldInvalid, Path, "more than one xop:Include"));
            Include = reader.GetAttribute("href") ?? "";
            reader.Skip();
            return;
        }
        var child = new FieldNode(reader.LocalName, this);
        if (reader.NamespaceURI != ns || depth == MaxDepth)
        {
            var reason = depth == MaxDepth ? "nested too deep" : $"not in namespace {ns}";
            reading.Add(new Refusal(ErrorCatalogue.FieldInvalid, child.Path, reason));
            reader.Skip();
        }
        else if (IsNil(reader) || !reading.Admits())
        {
            reader.Skip();
        }
        else
        {
            Children.Add(child.Fill(reader, ns, reading, depth + 1));
        }
    }

    // Nothing is nillable in the contract, but toolkits write null so.
    static bool IsNil(XmlReader reader) => reader.GetAttribute("nil", XsiNamespace) is "true" or "1";

    static string TakeText(XmlReader reader)
    {
        var isText = reader.NodeType
            is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;
        var text = isText ? reader.Value : "";
        if (!reader.Read()) throw new XmlException("The element does not end.");
        return text;
    }
}

using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace LinkGateway.Relay.Catalogue;

/// <summary>One WSDL or XSD file as it was when the folder was read. Nothing is read from the disk after that.</summary>
sealed partial class CatalogueDocument
{
    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    CatalogueDocument(int index, string path, byte[] bytes)
    {
        Index = index;
        Path = path;
        Bytes = bytes;
        Scan();
        using var reader = OpenReader("");
        var xml = XDocument.Load(reader, LoadOptions.SetLineInfo);
        xml.AddAnnotation(this);
        Root = xml.Root!;
        IsWsdl = Root.Name == WsdlNames.Wsdl + "definitions";
        IsSchema = Root.Name == WsdlNames.Xsd + "schema";
        InlineSchemas = IsWsdl ? [.. Root.Elements(WsdlNames.Wsdl + "types").Elements(WsdlNames.Xsd + "schema")] : [];
        Space = (string?)Root.Attribute("targetNamespace") ?? "";
    }

    /// <summary>The place in the folder's list, which stands for the file in the addresses that the schema compiler sees.</summary>
    public int Index { get; }

    /// <summary>The path relative to the folder, with <c>/</c> between names.</summary>
    public string Path { get; }

    /// <summary>The text in UTF-8 or UTF-16.</summary>
    public byte[] Bytes { get; }

    public XElement Root { get; }

    public bool IsWsdl { get; }

    public bool IsSchema { get; }

    /// <summary>The target namespace; empty where there is none.</summary>
    public string Space { get; }

    /// <summary>The schemas that stand in the WSDL itself.</summary>
    public IReadOnlyList<XElement> InlineSchemas { get; }

    /// <summary>Reads a document.</summary>
    /// <exception cref="XmlException">It is no XML, has a DTD, or is beyond a limit.</exception>
    public static CatalogueDocument Parse(int index, string path, byte[] bytes) => new(index, path, ToUnicode(bytes));

    public XmlReader OpenReader(string address) => XmlReader.Create(new MemoryStream(Bytes, writable: false), Settings, address);

    /// <summary>Opens a reader on one of <see cref="InlineSchemas"/>, which sees the namespaces declared around it.</summary>
    public XmlReader OpenInlineSchema(int number, string address)
    {
        var reader = OpenReader(address);
        var inTypes = false;
        for (var seen = -1; reader.Read();)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.Depth == 1)
                inTypes = reader.LocalName == "types" && reader.NamespaceURI == WsdlNames.Wsdl;
            else if (reader.Depth == 2 && inTypes && reader.LocalName == "schema" && reader.NamespaceURI == WsdlNames.SchemaNamespace
                && ++seen == number)
                break;
        }
        return reader;
    }

    // Before anything is built from the text: tree and schema compiler go down by recursion, a reader does not.
    void Scan()
    {
        using var reader = OpenReader("");
        try
        {
            while (reader.Read())
            {
                if (reader.Depth > CatalogueLimits.ElementDepth)
                    throw At(reader, $"elements are nested deeper than {CatalogueLimits.ElementDepth}; simplify the document.");
                if (reader.AttributeCount > CatalogueLimits.ElementAttributes)
                    throw At(reader, $"an element has more than {CatalogueLimits.ElementAttributes} attributes; simplify the document.");
            }
        }
        catch (XmlException e) when (e.LineNumber == 0)
        {
            // Of a prohibited DTD the reader does not tell the place; it stands before all else but comments.
            var at = Bytes.AsSpan().IndexOf("<!DOCTYPE"u8);
            throw at < 0 ? e : new XmlException(e.Message, e, 1 + Bytes.AsSpan(0, at).Count((byte)'\n'), 0);
        }
    }

    static XmlException At(XmlReader reader, string what)
    {
        var at = (IXmlLineInfo)reader;
        return new XmlException(what, null, at.LineNumber, at.LinePosition);
    }

    // Documents of the 2000s come in Shift_JIS and EUC-JP too, which .NET knows only through a provider; they are turned into UTF-8
    // here, so that neither the schema compiler nor a client that gets the document served needs to know them.
    static byte[] ToUnicode(byte[] bytes)
    {
        var head = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 200)));
        var declared = Declaration().Match(head).Groups["encoding"];
        if (!declared.Success || CodePagesEncodingProvider.Instance.GetEncoding(declared.Value) is not { } found)
            return bytes;
        var strict = (Encoding)found.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        var text = strict.GetString(bytes);
        var after = declared.Index + declared.Length;
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, declared.Index), "UTF-8", text.AsSpan(after)));
    }

    [GeneratedRegex("""^<\?xml[^>]*?encoding\s*=\s*["'](?<encoding>[A-Za-z][A-Za-z0-9._-]*)["']""")]
    private static partial Regex Declaration();
}

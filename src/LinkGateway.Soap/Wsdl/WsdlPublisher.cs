using System.Collections.Frozen;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LinkGateway.Soap.Wsdl;

/// <summary>
/// Serves the WSDL and XSD documents of a service with its real address in them. Safe from any thread.
/// </summary>
/// <remarks>
/// The documents import each other by relative file name; where they lie in several folders, their names are paths with <c>/</c>, relative
/// to a folder above them all. Queries of the service's address:
/// <c>?wsdl</c> the main document; <c>?wsdl=NAME</c> its variant <c>main-NAME.wsdl</c> or <c>main.NAME.wsdl</c>, or the document of that
/// name; <c>?xsd=NAME</c> the schema of that name. What is served has <c>location</c> of the SOAP 1.1 and 1.2
/// <c>address</c> elements replaced, and relative imports and includes turned into these queries.
/// </remarks>
public sealed class WsdlPublisher
{
    // A Host header is the caller's to choose, so what is remembered is bounded: 16 MiB, the addresses counted.
    const int RememberedBytes = 16 * 1024 * 1024;

    static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    static readonly XNamespace Xsd = "http://www.w3.org/2001/XMLSchema";

    static readonly FrozenSet<XName> Addresses = FrozenSet.ToFrozenSet<XName>(
    [
        XName.Get("address", "http://schemas.xmlsoap.org/wsdl/soap/"),
        XName.Get("address", "http://schemas.xmlsoap.org/wsdl/soap12/"),
    ]);

    static readonly FrozenSet<XName> SchemaReferences = FrozenSet.ToFrozenSet<XName>([Xsd + "import", Xsd + "include", Xsd + "redefine"]);

    static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    readonly FrozenDictionary<string, byte[]> _documents;
    readonly string _main;
    readonly Func<WsdlReference, string?> _resolve;
    readonly Lock _gate = new();
    readonly Dictionary<(string Address, string Name), byte[]> _served = [];
    long _servedBytes;

    /// <summary>Publishes a set of documents.</summary>
    /// <param name="documents">The documents by name, as XML in any encoding it declares.</param>
    /// <param name="main">The document of <c>?wsdl</c>; null for the WSDL document with the shortest name.</param>
    /// <param name="resolve">
    /// Tells the name of the document that a reference leads to, or null for one that shall stay as it is; where null, relative locations
    /// are resolved from the document they stand in, or by file name alone where that leads nowhere.
    /// </param>
    /// <exception cref="ArgumentException">There is no WSDL document, or none of the given name.</exception>
    public WsdlPublisher(
        IReadOnlyDictionary<string, byte[]> documents, string? main = null, Func<WsdlReference, string?>? resolve = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        _documents = documents.ToFrozenDictionary(StringComparer.Ordinal);
        _main = main ?? _documents.Keys.Where(IsWsdl).MinBy(name => name.Length)
            ?? throw new ArgumentException("There is no .wsdl document among those given.", nameof(documents));
        _resolve = resolve ?? Resolve;
        if (!_documents.ContainsKey(_main))
            throw new ArgumentException($"There is no document '{_main}' among those given.", nameof(main));
    }

    /// <summary>Reads the documents of a folder.</summary>
    /// <param name="folder">The folder; its <c>.wsdl</c> and <c>.xsd</c> files are taken.</param>
    /// <param name="main">The document of <c>?wsdl</c>; null for the WSDL document with the shortest name.</param>
    /// <returns>The publisher.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static WsdlPublisher FromFolder(string folder, string? main = null) => new(
        Directory.EnumerateFiles(folder).Where(path => IsWsdl(path) || path.EndsWith(".xsd", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes),
        main);

    /// <summary>Finds the document that a query asks for.</summary>
    /// <param name="query">The query of the URI, with or without the question mark, for example <c>?wsdl=soap12</c>.</param>
    /// <param name="address">The service's address as the caller sees it, without query.</param>
    /// <returns>The document in UTF-8, or null where the query asks for none that is published.</returns>
    public ReadOnlyMemory<byte>? Find(string query, Uri address)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(address);
        if (Resolve(query.TrimStart('?')) is not { } name)
            return null;
        var at = address.GetLeftPart(UriPartial.Path);
        lock (_gate)
        {
            if (_served.TryGetValue((at, name), out var known))
                return known;
        }
        var document = Localise(name, at);
        Remember((at, name), document);
        return document;
    }

    void Remember((string Address, string Name) key, byte[] document)
    {
        var bytes = document.Length + (sizeof(char) * key.Address.Length);
        if (bytes > RememberedBytes)
            return;
        lock (_gate)
        {
            if (_servedBytes + bytes > RememberedBytes)
            {
                _served.Clear();
                _servedBytes = 0;
            }
            if (_served.TryAdd(key, document))
                _servedBytes += bytes;
        }
    }

    static bool IsWsdl(string name) => name.EndsWith(".wsdl", StringComparison.Ordinal);

    string? Resolve(string query)
    {
        var parts = query.Split('&')[0].Split('=', 2);
        var value = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        var stem = _main[..^".wsdl".Length];
        string[] candidates = parts[0].ToUpperInvariant() switch
        {
            "WSDL" when value.Length == 0 => [_main],
            "WSDL" => [$"{stem}-{value}.wsdl", $"{stem}.{value}.wsdl", value],
            "XSD" => [value],
            _ => [],
        };
        return candidates.FirstOrDefault(_documents.ContainsKey);
    }

    byte[] Localise(string name, string address)
    {
        var document = _documents[name];
        using var reader = XmlReader.Create(new MemoryStream(document, writable: false), Reading);
        var xml = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        foreach (var element in xml.Descendants())
        {
            if (Addresses.Contains(element.Name))
                element.SetAttributeValue("location", address);
            else if (element.Name == Wsdl + "import")
                Point(name, element, "location", address);
            else if (SchemaReferences.Contains(element.Name))
                Point(name, element, "schemaLocation", address);
        }
        var output = new MemoryStream(document.Length + 1024);
        using (var writer = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
            xml.Save(writer);
        return output.ToArray();
    }

    void Point(string document, XElement element, string attribute, string address)
    {
        var reference = new WsdlReference(
            document, (string?)element.Attribute(attribute), ((string?)element.Attribute("namespace"))?.Trim() ?? "");
        if (_resolve(reference) is { } name && _documents.ContainsKey(name))
            element.SetAttributeValue(attribute, $"{address}?{(IsWsdl(name) ? "wsdl" : "xsd")}={Uri.EscapeDataString(name)}");
    }

    string? Resolve(WsdlReference reference)
    {
        if (reference.Location is not { } location || Uri.TryCreate(location, UriKind.Absolute, out _))
            return null;
        var names = new List<string>(reference.Document.Split('/')[..^1]);
        foreach (var name in location.Split('/'))
        {
            if (name is not ".." and not ".")
                names.Add(name);
            else if (name is ".." && names.Count > 0)
                names.RemoveAt(names.Count - 1);
        }
        var path = string.Join('/', names);
        return _documents.ContainsKey(path) ? path : Path.GetFileName(location);
    }
}

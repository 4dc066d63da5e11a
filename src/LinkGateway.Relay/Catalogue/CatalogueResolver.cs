using System.Text;
using System.Xml;

namespace LinkGateway.Relay.Catalogue;

/// <summary>
/// Gives the schema compiler the documents that were read from the folder, under addresses that name nothing outside: it cannot reach
/// a disk or a network.
/// </summary>
sealed class CatalogueResolver(ReferenceTable references) : XmlResolver
{
    const string Scheme = "catalogue";

    // What the W3C publishes as xml.xsd; the compiler knows it by itself only where an import gives no location.
    static readonly byte[] XmlAttributes = Encoding.UTF8.GetBytes(
        $"""
        <xs:schema xmlns:xs="{WsdlNames.SchemaNamespace}" targetNamespace="{WsdlNames.XmlNamespace}">
          <xs:attribute name="lang" type="xs:language"/>
          <xs:attribute name="space" type="xs:NCName"/>
          <xs:attribute name="base" type="xs:anyURI"/>
          <xs:attribute name="id" type="xs:ID"/>
          <xs:attributeGroup name="specialAttrs">
            <xs:attribute ref="xml:base"/><xs:attribute ref="xml:lang"/><xs:attribute ref="xml:space"/><xs:attribute ref="xml:id"/>
          </xs:attributeGroup>
        </xs:schema>
        """);

    static readonly Uri XmlSchema = new($"{Scheme}:/xml");

    /// <summary>The address of a document, or of a schema that stands in it; each needs one of its own.</summary>
    public static string Address(CatalogueDocument document, int? inline = null) =>
        inline is { } number ? $"{Scheme}:/{document.Index}/{number}" : $"{Scheme}:/{document.Index}";

    /// <summary>The document that an address stands for; null where it is none of <see cref="Address"/>.</summary>
    public CatalogueDocument? Find(string? address) =>
        address is not null && address.StartsWith(Scheme + ":/", StringComparison.Ordinal)
        && int.TryParse(address[(Scheme.Length + 2)..].Split('/')[0], out var index)
            ? references.Documents[index]
            : null;

    public override Uri ResolveUri(Uri? baseUri, string? relativeUri) =>
        Find(baseUri?.OriginalString) is { } from && references.Find(from, relativeUri?.Trim() ?? "", "") is { } target
            ? new Uri(Address(target))
            : XmlSchema;

    public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
        new MemoryStream(Find(absoluteUri.OriginalString)?.Bytes ?? XmlAttributes, writable: false);
}

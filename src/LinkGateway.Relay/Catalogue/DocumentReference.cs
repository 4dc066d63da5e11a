using System.Xml.Linq;

namespace LinkGateway.Relay.Catalogue;

/// <summary>An import, include or redefine in a document.</summary>
/// <param name="From">The document that it stands in.</param>
/// <param name="Element">The referring element.</param>
/// <param name="Location">Where it says the other document is; null where it does not say.</param>
/// <param name="Space">The namespace that the other document must have; empty for none.</param>
sealed record DocumentReference(CatalogueDocument From, XElement Element, string? Location, string Space)
{
    public bool IsWsdlImport => Element.Name.Namespace == WsdlNames.Wsdl;

    public bool IsSchemaImport => Element.Name == WsdlNames.Xsd + "import";

    /// <summary>What is needed with no file at all: every schema processor knows the attributes of the namespace xml.</summary>
    public bool IsBuiltIn => IsSchemaImport && Space == WsdlNames.XmlNamespace;

    public static IEnumerable<DocumentReference> Of(CatalogueDocument document)
    {
        foreach (var import in document.Root.Elements(WsdlNames.Wsdl + "import").Where(_ => document.IsWsdl))
            yield return new(document, import, Attribute(import, "location"), Attribute(import, "namespace") ?? "");
        foreach (var schema in document.IsSchema ? [document.Root] : document.InlineSchemas)
        {
            var own = Attribute(schema, "targetNamespace") ?? "";
            foreach (var child in schema.Elements().Where(child => child.Name.Namespace == WsdlNames.Xsd))
            {
                if (child.Name.LocalName == "import")
                    yield return new(document, child, Attribute(child, "schemaLocation"), Attribute(child, "namespace") ?? "");
                else if (child.Name.LocalName is "include" or "redefine")
                    yield return new(document, child, Attribute(child, "schemaLocation"), own);
            }
        }
    }

    static string? Attribute(XElement element, string name) => (string?)element.Attribute(name) is { } value ? value.Trim() : null;
}

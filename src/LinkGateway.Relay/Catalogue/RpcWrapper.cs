using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace LinkGateway.Relay.Catalogue;

/// <summary>
/// The element around the parts of an rpc/literal message. WSDL 1.1 (3.5) describes it in words only, so it is declared here for the
/// schema compiler: named for the operation, with one unqualified element a part.
/// </summary>
sealed record RpcWrapper(XName Name, IReadOnlyList<(string Part, XName Type)> Parts, XElement Operation)
{
    public string Signature => $"{Name}({string.Join(',', Parts)})";

    public XmlSchema ToSchema()
    {
        var sequence = new XmlSchemaSequence();
        foreach (var (part, type) in Parts)
        {
            sequence.Items.Add(Placed(new XmlSchemaElement
            {
                Name = part,
                Form = XmlSchemaForm.Unqualified,
                SchemaTypeName = new XmlQualifiedName(type.LocalName, type.NamespaceName),
            }));
        }
        var schema = Placed(new XmlSchema { TargetNamespace = OrNull(Name.NamespaceName) });
        schema.Items.Add(Placed(new XmlSchemaElement
        {
            Name = Name.LocalName,
            SchemaType = new XmlSchemaComplexType { Particle = sequence },
        }));
        var spaces = Parts.Select(part => part.Type.NamespaceName).Distinct();
        foreach (var space in spaces.Where(space => space != WsdlNames.SchemaNamespace && space != Name.NamespaceName))
            schema.Includes.Add(new XmlSchemaImport { Namespace = OrNull(space) });
        return schema;
    }

    // So that the compiler's errors are told at the operation.
    T Placed<T>(T item)
        where T : XmlSchemaObject
    {
        IXmlLineInfo at = Operation;
        item.SourceUri = CatalogueResolver.Address(Operation.Document!.Annotation<CatalogueDocument>()!);
        (item.LineNumber, item.LinePosition) = (at.LineNumber, at.LinePosition);
        return item;
    }

    static string? OrNull(string space) => space.Length == 0 ? null : space;
}

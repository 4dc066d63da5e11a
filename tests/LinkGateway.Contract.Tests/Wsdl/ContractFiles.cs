using System.Xml.Linq;
using System.Xml.Schema;

namespace LinkGateway.Contract.Tests.Wsdl;

/// <summary>The documents of the folder <c>wsdl</c>.</summary>
static class ContractFiles
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "wsdl");

    public static XDocument Load(string name) => XDocument.Load(Path.Combine(Folder, name));

    /// <summary>The schemas, compiled; references between them are resolved as they stand on disk.</summary>
    public static XmlSchemaSet Schemas()
    {
        var schemas = new XmlSchemaSet { XmlResolver = new System.Xml.XmlUrlResolver() };
        foreach (var name in new[] { "batch-types.xsd", "batch-receiver-types.xsd", "notification-types.xsd", "receipt.xsd" })
            schemas.Add(null, Path.Combine(Folder, name));
        schemas.Compile();
        return schemas;
    }
}

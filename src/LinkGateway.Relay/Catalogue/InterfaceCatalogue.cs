using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using LinkGateway.Soap.Wsdl;

namespace LinkGateway.Relay.Catalogue;

/// <summary>
/// The interfaces that can be served: the WSDL 1.1 and XSD files of a folder as they were when it was loaded. Immutable; a reload makes a
/// new one.
/// </summary>
/// <remarks>
/// References between the files are resolved within the folder and nothing is ever fetched: what is named by an address on the network
/// must lie in the folder, with its file name or its namespace. A file in error takes only those services out that need it.
/// </remarks>
public sealed class InterfaceCatalogue
{
    static readonly string[] Variants = ["mime", "soap12", "soap12mime"];

    readonly Dictionary<string, List<ServiceContract>> _byFile = new(StringComparer.Ordinal);

    InterfaceCatalogue(string folder)
    {
        var errors = new CatalogueErrors();
        var (documents, unreadable) = CatalogueFolder.Read(folder, errors);
        var references = new ReferenceTable(documents, unreadable, errors);
        var compiler = new SchemaCompiler(references, errors);
        foreach (var document in documents)
        {
            if (document.IsWsdl)
                Read(document, references, compiler, errors);
            else if (!document.IsSchema)
            {
                errors.Add(document.Root, $"<{document.Root.Name.LocalName}> is neither a WSDL 1.1 document nor a schema. "
                    + "Take the file out.");
            }
        }
        Errors = errors.All;
    }

    /// <summary>What is wrong in the folder, by file and line; empty where all is well.</summary>
    public IReadOnlyList<CatalogueError> Errors { get; }

    /// <summary>All services, by file.</summary>
    public IEnumerable<ServiceContract> Services =>
        _byFile.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value);

    /// <summary>Loads the files of a folder and its sub-folders. Never throws for what is in them: see <see cref="Errors"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The catalogue, without services where the folder cannot be read.</returns>
    public static InterfaceCatalogue Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new InterfaceCatalogue(folder);
    }

    /// <summary>Finds a service.</summary>
    /// <param name="wsdlFile">The WSDL document, relative to the folder, for example <c>unit5/house.wsdl</c>.</param>
    /// <param name="serviceName">The name of the service in it; null for the first, which is mostly the only one.</param>
    /// <returns>The service, or null where there is none or it is in error.</returns>
    public ServiceContract? Find(string wsdlFile, string? serviceName)
    {
        ArgumentNullException.ThrowIfNull(wsdlFile);
        var file = wsdlFile.Replace('\\', '/');
        var services = _byFile.GetValueOrDefault(file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file);
        return services?.Find(service => serviceName is null || service.Name.LocalName == serviceName);
    }

    void Read(CatalogueDocument document, ReferenceTable references, SchemaCompiler compiler, CatalogueErrors errors)
    {
        var closure = DocumentClosure.Of(document, references);
        if (!closure.IsWhole)
            return;
        var reader = new ContractReader(closure, errors);
        var services = reader.Services();
        if (services.Count == 0 || compiler.Compile(closure, reader.Wrappers) is not { } schemas)
            return;
        var publisher = Publish(closure, references);
        foreach (var (name, element, drafts) in services)
        {
            var operations = Declared(drafts, schemas, errors);
            if (operations.Count > 0)
                Add(new ServiceContract(name, document.Path, operations, schemas, publisher));
            else
            {
                errors.Add(element, $"Service '{name.LocalName}' has no operation that can be served over SOAP. Put its ports and bindings "
                    + "right.");
            }
        }
    }

    void Add(ServiceContract contract)
    {
        if (!_byFile.TryGetValue(contract.File, out var services))
            _byFile[contract.File] = services = [];
        services.Add(contract);
    }

    static List<ServiceOperation> Declared(IReadOnlyList<OperationDraft> drafts, XmlSchemaSet schemas, CatalogueErrors errors)
    {
        var operations = new List<ServiceOperation>();
        foreach (var draft in drafts)
        {
            var missing = draft.Parts.Where(part => !IsDeclared(part.QName("element")!, schemas)).ToList();
            foreach (var part in missing)
            {
                errors.Add(part, $"No schema of the document declares the element '{(string?)part.Attribute("element")}'. Put the name or "
                    + "the imports right.");
            }
            if (missing.Count > 0)
                continue;
            if (operations.Exists(other => other.Request == draft.Request))
            {
                errors.Add(draft.Element, $"Operation '{draft.Name}' has the same element in the body of its request as another one, so "
                    + "that they cannot be told apart (WS-I BP R2710). Give it one of its own.");
                continue;
            }
            operations.Add(draft.ToOperation());
        }
        return operations;
    }

    static bool IsDeclared(XName element, XmlSchemaSet schemas) =>
        schemas.GlobalElements.Contains(new XmlQualifiedName(element.LocalName, element.NamespaceName));

    static WsdlPublisher Publish(DocumentClosure closure, ReferenceTable references)
    {
        var stem = closure.Main.Path[..^".wsdl".Length];
        var variants = Variants.SelectMany(variant => new[] { $"{stem}-{variant}.wsdl", $"{stem}.{variant}.wsdl" })
            .Select(references.Find)
            .OfType<CatalogueDocument>()
            .Select(document => DocumentClosure.Of(document, references))
            .Where(variant => variant.IsWhole);
        var documents = variants.SelectMany(variant => variant.Documents).Concat(closure.Documents).Distinct()
            .ToDictionary(document => document.Path);
        return new WsdlPublisher(
            documents.ToDictionary(document => document.Key, document => document.Value.Bytes),
            closure.Main.Path,
            reference => references.Find(documents[reference.Document], reference.Location?.Trim(), reference.Namespace)?.Path);
    }
}

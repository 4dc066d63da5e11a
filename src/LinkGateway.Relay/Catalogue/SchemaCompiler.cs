using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace LinkGateway.Relay.Catalogue;

/// <summary>Compiles the schemas of a service, once for all documents that share them.</summary>
sealed class SchemaCompiler(ReferenceTable references, CatalogueErrors errors)
{
    readonly Dictionary<string, XmlSchemaSet?> _compiled = new(StringComparer.Ordinal);

    /// <summary>Compiles.</summary>
    /// <returns>The schemas, which may be read by any number of threads; null where there was an error, which is then listed.</returns>
    public XmlSchemaSet? Compile(DocumentClosure closure, IReadOnlyList<RpcWrapper> wrappers)
    {
        var sources = closure.Documents.Where(document => document.IsSchema || document.InlineSchemas.Count > 0);
        var key = string.Join(' ', sources.Select(document => document.Index).Order()) + " | "
            + string.Join(' ', wrappers.Select(wrapper => wrapper.Signature).Order(StringComparer.Ordinal));
        if (!_compiled.TryGetValue(key, out var schemas))
            _compiled[key] = schemas = Build(closure, wrappers);
        return schemas;
    }

    XmlSchemaSet? Build(DocumentClosure closure, IReadOnlyList<RpcWrapper> wrappers)
    {
        var resolver = new CatalogueResolver(references);
        var failed = false;
        void Failed(XmlSchemaException e)
        {
            failed = true;
            var file = (resolver.Find(e.SourceUri) ?? closure.Main).Path;
            errors.Add(file, e.LineNumber, e.LinePosition, $"The schema is in error: {e.Message} Put the schema right.");
        }
        void Handle(object? sender, ValidationEventArgs e)
        {
            if (e.Severity == XmlSeverityType.Error)
                Failed(e.Exception);
        }

        var schemas = new XmlSchemaSet { XmlResolver = resolver };
        schemas.ValidationEventHandler += Handle;
        try
        {
            foreach (var document in closure.Documents)
            {
                for (var i = 0; i < document.InlineSchemas.Count; i++)
                    Add(schemas, document.OpenInlineSchema(i, CatalogueResolver.Address(document, i)), Handle);
            }
            foreach (var document in closure.SchemaRoots)
                Add(schemas, document.OpenReader(CatalogueResolver.Address(document)), Handle);
            if (!failed)
                AddWrappers(schemas, wrappers, ref failed);
            if (!failed)
                schemas.Compile();
        }
        catch (XmlSchemaException e)
        {
            Failed(e);
        }
        return failed ? null : schemas;
    }

    void AddWrappers(XmlSchemaSet schemas, IReadOnlyList<RpcWrapper> wrappers, ref bool failed)
    {
        var known = new Dictionary<XName, RpcWrapper>();
        foreach (var wrapper in wrappers)
        {
            if (!known.TryAdd(wrapper.Name, wrapper))
            {
                if (known[wrapper.Name].Signature == wrapper.Signature)
                    continue;
                errors.Add(wrapper.Operation, $"Two rpc messages have the same wrapper '{wrapper.Name}' and different parts. Give their "
                    + "soap:body different namespaces.");
                failed = true;
                continue;
            }
            schemas.Add(wrapper.ToSchema());
        }
    }

    static void Add(XmlSchemaSet schemas, XmlReader reader, ValidationEventHandler handle)
    {
        using (reader)
        {
            // Paths of keys are resolved later than names, and then only what the schema element itself declares is known.
            reader.MoveToContent();
            var around = ((IXmlNamespaceResolver)reader).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml);
            if (XmlSchema.Read(reader, handle) is not { } schema)
                return;
            var own = schema.Namespaces.ToArray().Select(declared => declared.Name).ToHashSet();
            foreach (var (prefix, space) in around.Where(declared => !own.Contains(declared.Key)))
                schema.Namespaces.Add(prefix, space);
            schemas.Add(schema);
        }
    }
}

namespace LinkGateway.Relay.Catalogue;

/// <summary>A WSDL document and all that it refers to, however far; circles are ordinary.</summary>
sealed class DocumentClosure
{
    DocumentClosure(
        CatalogueDocument main, IReadOnlyList<CatalogueDocument> documents, IReadOnlyList<CatalogueDocument> schemaRoots, bool whole)
    {
        Main = main;
        Documents = documents;
        SchemaRoots = schemaRoots;
        IsWhole = whole;
    }

    public CatalogueDocument Main { get; }

    /// <summary>The main document first, the others by their distance from it.</summary>
    public IReadOnlyList<CatalogueDocument> Documents { get; }

    public IEnumerable<CatalogueDocument> Wsdls => Documents.Where(document => document.IsWsdl);

    /// <summary>The schema files that the schema compiler does not find by itself: no schema names them by location.</summary>
    public IReadOnlyList<CatalogueDocument> SchemaRoots { get; }

    /// <summary>Whether every reference leads to a document.</summary>
    public bool IsWhole { get; }

    public static DocumentClosure Of(CatalogueDocument main, ReferenceTable references)
    {
        var documents = new List<CatalogueDocument> { main };
        var known = new HashSet<CatalogueDocument> { main };
        var roots = new HashSet<CatalogueDocument>();
        for (var i = 0; i < documents.Count; i++)
        {
            foreach (var (reference, target) in references.From(documents[i]))
            {
                if (known.Add(target))
                    documents.Add(target);
                if (target.IsSchema && (reference.IsWsdlImport || reference.Location is null))
                    roots.Add(target);
            }
        }
        return new(main, documents, [.. roots], !documents.Exists(references.IsBroken));
    }
}

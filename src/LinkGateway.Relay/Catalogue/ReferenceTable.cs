namespace LinkGateway.Relay.Catalogue;

/// <summary>Where each reference of each document leads within the folder. Nothing is ever fetched.</summary>
sealed class ReferenceTable
{
    readonly Dictionary<string, CatalogueDocument> _byPath = new(StringComparer.Ordinal);
    readonly IReadOnlySet<string> _unreadable;
    readonly CatalogueErrors _errors;
    readonly Dictionary<CatalogueDocument, List<(DocumentReference Reference, CatalogueDocument Target)>> _targets = [];
    readonly Dictionary<(CatalogueDocument From, string Location), CatalogueDocument> _byLocation = [];
    readonly Dictionary<(CatalogueDocument From, string Space), CatalogueDocument> _bySpace = [];
    readonly HashSet<CatalogueDocument> _broken = [];

    public ReferenceTable(IReadOnlyList<CatalogueDocument> documents, IReadOnlySet<string> unreadable, CatalogueErrors errors)
    {
        Documents = documents;
        _unreadable = unreadable;
        _errors = errors;
        foreach (var document in documents)
            _byPath.Add(document.Path, document);
        foreach (var document in documents)
        {
            var targets = _targets[document] = [];
            foreach (var reference in DocumentReference.Of(document))
            {
                if (Resolve(reference) is not { } target)
                    continue;
                targets.Add((reference, target));
                if (reference.Location is { } location)
                    _byLocation[(document, location)] = target;
                else
                    _bySpace[(document, reference.Space)] = target;
            }
        }
    }

    public IReadOnlyList<CatalogueDocument> Documents { get; }

    public IReadOnlyList<(DocumentReference Reference, CatalogueDocument Target)> From(CatalogueDocument document) => _targets[document];

    /// <summary>Whether a reference of the document leads nowhere.</summary>
    public bool IsBroken(CatalogueDocument document) => _broken.Contains(document);

    public CatalogueDocument? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Where a reference of a document leads; null where it needs no document, or leads nowhere.</summary>
    public CatalogueDocument? Find(CatalogueDocument from, string? location, string space) => location is null
        ? _bySpace.GetValueOrDefault((from, space))
        : _byLocation.GetValueOrDefault((from, location));

    CatalogueDocument? Resolve(DocumentReference reference)
    {
        if (reference.Location is not { Length: > 0 } location)
            return WithoutLocation(reference);
        var target = Uri.TryCreate(location, UriKind.Absolute, out _) ? Absolute(reference, location) : Relative(reference, location);
        if (target is null || Fits(reference, target))
            return target;
        var kind = reference.IsWsdlImport ? "WSDL document or schema" : "schema";
        return Break(reference, $"'{location}' leads to '{target.Path}', which is no {kind}"
            + $" of the namespace '{reference.Space}' but <{target.Root.Name.LocalName}> of '{target.Space}'. Put the location right.");
    }

    // XML Schema part 1, 4.2.3: an import need not say where the schema is. One that stands in the same WSDL comes before any file; where
    // there is neither, nothing may be needed of it (many toolkits import the namespace of SOAP's encoding for nothing).
    CatalogueDocument? WithoutLocation(DocumentReference reference)
    {
        if (!reference.IsSchemaImport)
            return Break(reference, $"<{reference.Element.Name.LocalName}> does not say where the document is. Add its location.");
        var beside = reference.From.InlineSchemas.Select(schema => (string?)schema.Attribute("targetNamespace") ?? "");
        if (reference.IsBuiltIn || beside.Contains(reference.Space))
            return null;
        return Nearest(reference, Documents.Where(document => document.IsSchema && document.Space == reference.Space));
    }

    CatalogueDocument? Relative(DocumentReference reference, string location)
    {
        var folder = FolderOf(reference.From.Path);
        if (Combine(folder, location) is not { } path)
            return Break(reference, $"'{location}' leaves the folder of interfaces. Put the file into the folder and name it from there.");
        if (_byPath.TryGetValue(path, out var found))
            return found;
        if (Combine(folder, Uri.UnescapeDataString(location)) is { } plain && _byPath.TryGetValue(plain, out found))
            return found;
        return Break(reference, _unreadable.Contains(path)
            ? $"'{location}' is there, but has an error of its own. Put that right first."
            : $"'{location}' is not in the folder of interfaces (looked for '{path}'). Put the file there.");
    }

    CatalogueDocument? Absolute(DocumentReference reference, string location)
    {
        var name = location[(location.LastIndexOfAny(['/', '\\', ':']) + 1)..];
        var candidates = Documents.Where(document => document.Path != reference.From.Path && Fits(reference, document)).ToList();
        var named = candidates.Where(document => NameOf(document.Path) == name).ToList();
        // An include has the namespace of its own document, as half of the folder may: only the name can tell which one is meant.
        var byNamespace = reference.IsSchemaImport || reference.IsWsdlImport;
        if (Nearest(reference, named.Count > 0 || !byNamespace ? named : candidates) is { } found)
            return found;
        if (reference.IsBuiltIn)
            return null;
        return Break(reference, candidates.Count == 0 || (!byNamespace && named.Count == 0)
            ? $"'{location}' is never fetched, and the folder of interfaces has no document of the namespace '{reference.Space}'. "
                + $"Put '{name}' into the folder."
            : $"'{location}' is never fetched, and several files of the folder could be meant ({Some(candidates)}). "
                + "Name the right one by a relative location.");
    }

    // Two versions of a distribution may lie in folders of their own, with equal names and namespaces: what lies nearest is meant.
    static CatalogueDocument? Nearest(DocumentReference reference, IEnumerable<CatalogueDocument> candidates)
    {
        var nearest = candidates.GroupBy(document => Distance(FolderOf(reference.From.Path), FolderOf(document.Path)))
            .MinBy(group => group.Key)?.ToList();
        return nearest is [var only] ? only : null;
    }

    static int Distance(string from, string to)
    {
        var (a, b) = (Names(from), Names(to));
        var common = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
        return a.Length + b.Length - 2 * common;
    }

    static bool Fits(DocumentReference reference, CatalogueDocument target) => target switch
    {
        // Documents of the 2000s import schemas by wsdl:import too, though WS-I BP R2001 forbids it.
        { IsWsdl: true } => reference.IsWsdlImport && target.Space == reference.Space,
        { IsSchema: true } when reference.IsSchemaImport || reference.IsWsdlImport => target.Space == reference.Space,
        // A schema without a namespace takes on that of whoever includes it.
        { IsSchema: true } => target.Space == reference.Space || target.Space.Length == 0,
        _ => false,
    };

    CatalogueDocument? Break(DocumentReference reference, string text)
    {
        _broken.Add(reference.From);
        _errors.Add(reference.Element, text);
        return null;
    }

    static string Some(IEnumerable<CatalogueDocument> documents) =>
        string.Join(", ", documents.Take(3).Select(document => $"'{document.Path}'"));

    static string? Combine(string folder, string location)
    {
        var names = new List<string>(Names(folder));
        foreach (var name in location.Split('/', '\\'))
        {
            if (name == "..")
            {
                if (names.Count == 0)
                    return null;
                names.RemoveAt(names.Count - 1);
            }
            else if (name is not ("" or "."))
            {
                names.Add(name);
            }
        }
        return string.Join('/', names);
    }

    static string[] Names(string folder) => folder.Split('/', StringSplitOptions.RemoveEmptyEntries);

    static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}

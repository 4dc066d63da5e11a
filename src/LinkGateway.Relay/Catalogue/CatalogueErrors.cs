using System.Xml;
using System.Xml.Linq;

namespace LinkGateway.Relay.Catalogue;

/// <summary>Gathers errors, each once: a document that several services share is read for each of them.</summary>
sealed class CatalogueErrors
{
    readonly List<CatalogueError> _errors = [];
    readonly HashSet<CatalogueError> _known = [];

    public IReadOnlyList<CatalogueError> All =>
        [.. _errors.OrderBy(error => error.File, StringComparer.Ordinal).ThenBy(error => error.Line).ThenBy(error => error.Position)];

    public void Add(string file, int line, int position, string text)
    {
        var error = new CatalogueError(file, line, position, text);
        if (_errors.Count < CatalogueLimits.Errors && _known.Add(error))
            _errors.Add(error);
    }

    public void Add(string file, string text) => Add(file, 0, 0, text);

    public void Add(XElement element, string text)
    {
        IXmlLineInfo at = element;
        Add(element.Document!.Annotation<CatalogueDocument>()!.Path, at.LineNumber, at.LinePosition, text);
    }
}

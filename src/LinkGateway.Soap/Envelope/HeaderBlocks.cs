using System.Xml;
using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>Builds the header blocks while somebody else moves the reader through <c>Header</c> and judges each node first.</summary>
sealed class HeaderBlocks
{
    readonly List<XElement> _blocks = [];
    XElement? _open;

    /// <summary>The blocks that were passed.</summary>
    public IReadOnlyList<XElement> All => _blocks;

    /// <summary>Whether an element is open, so that text belongs to it.</summary>
    public bool IsOpen => _open is not null;

    /// <summary>Takes the node that the reader stands on, and leaves the reader there.</summary>
    public void Take(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Open(reader);
                break;
            case XmlNodeType.EndElement when IsOpen:
                Close();
                break;
            case XmlNodeType.CDATA:
                _open?.Add(new XCData(reader.Value));
                break;
            case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when IsOpen:
                AddText(reader.Value);
                break;
        }
    }

    /// <summary>Takes an element, which stays open unless it is an empty one.</summary>
    public void Open(XElement element, bool isEmpty)
    {
        if (_open is null)
            _blocks.Add(element);
        else
            _open.Add(element);
        if (!isEmpty)
            _open = element;
    }

    /// <summary>Takes text inside the open element.</summary>
    public void AddText(string text) => _open!.Add(text);

    /// <summary>Closes the open element.</summary>
    public void Close()
    {
        // An element of two tags stays one when it is written again.
        if (_open!.IsEmpty)
            _open.Add("");
        _open = _open.Parent;
    }

    void Open(XmlReader reader)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            // The reader tells a namespace of xmlns="…" too, which as a name has none.
            var space = reader.Prefix.Length == 0 ? "" : reader.NamespaceURI;
            element.Add(new XAttribute(XName.Get(reader.LocalName, space), reader.Value));
        }
        reader.MoveToElement();
        Open(element, reader.IsEmptyElement);
    }
}

using System.Text;
using System.Xml;

namespace LinkGateway.Soap.Fuzz.Oracles;

/// <summary>XML in one spelling: expanded names, attributes sorted, texts joined, no prefixes.</summary>
static class CanonicalXml
{
    /// <summary>Writes down the node that a reader stands on and all that follow it beside and below.</summary>
    public static void Append(StringBuilder text, XmlReader reader)
    {
        var depth = reader.Depth;
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    AppendElement(text, reader);
                    break;
                case XmlNodeType.EndElement when reader.Depth < depth:
                    return;
                case XmlNodeType.EndElement:
                    text.Append("</>");
                    break;
                default:
                    AppendText(text, reader.Value);
                    break;
            }
        }
        while (reader.Read());
    }

    static void AppendElement(StringBuilder text, XmlReader reader)
    {
        text.Append("<{").Append(reader.NamespaceURI).Append('}').Append(reader.LocalName);
        var empty = reader.IsEmptyElement;
        if (reader.HasAttributes)
        {
            var attributes = new List<(string Name, string Value)>();
            while (reader.MoveToNextAttribute())
            {
                if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
                    attributes.Add(($" {{{reader.NamespaceURI}}}{reader.LocalName}=", reader.Value));
            }
            reader.MoveToElement();
            attributes.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            foreach (var (name, value) in attributes)
                AppendText(text.Append(name), value);
        }
        text.Append('>');
        if (empty)
            text.Append("</>");
    }

    // Any character may stand in a value; so that it cannot be taken for structure.
    static void AppendText(StringBuilder text, string value) => text.Append(value).Replace("<", "&lt;", text.Length - value.Length, value.Length);
}

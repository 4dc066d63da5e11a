using System.Text;
using System.Xml;
using LinkGateway.Contract.Wire;

namespace LinkGateway.Contract.Tests.Wire;

/// <summary>XML text to and from the codecs.</summary>
static class WireXml
{
    static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };

    public static string Write(Action<XmlWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, Settings)) write(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static T Read<T>(string xml, Func<XmlReader, T> read)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        reader.MoveToContent();
        return read(reader);
    }

    /// <summary>An element of the contract with that content.</summary>
    public static string Element(string name, string content) => $"<{name} xmlns=\"{BatchNames.Namespace}\">{content}</{name}>";
}

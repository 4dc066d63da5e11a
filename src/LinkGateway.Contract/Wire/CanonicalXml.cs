using System.Text;
using System.Xml;

namespace LinkGateway.Contract.Wire;

/// <summary>Writes an element so that its bytes are their own exclusive canonical form (http://www.w3.org/2001/10/xml-exc-c14n#).</summary>
static class CanonicalXml
{
    static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        NewLineHandling = NewLineHandling.None,
    };

    public static byte[] Write<T>(string ns, string name, T value, Shape<T> shape)
        where T : class
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, Settings)) new FieldWriter(writer, ns).Group(name, value, shape);
        return buffer.ToArray();
    }
}

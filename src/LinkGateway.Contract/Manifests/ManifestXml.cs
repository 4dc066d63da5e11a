using System.Xml;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Contract.Wire.Shapes;

namespace LinkGateway.Contract.Manifests;

/// <summary>Element <c>manifest</c> (type <c>Manifest</c> of <c>wsdl/batch-types.xsd</c>).</summary>
/// <remarks>Written in the normal form that <see cref="ManifestDigest"/> describes, apart from the writer's own indentation.
/// Thread-safe.</remarks>
public static class ManifestXml
{
    static readonly XmlQualifiedName Name = new(BatchNames.Manifest, BatchNames.Namespace);

    /// <summary>Writes the element.</summary>
    /// <exception cref="ArgumentException">A text holds a character that XML cannot carry.</exception>
    public static void Write(XmlWriter writer, Manifest manifest) =>
        new FieldWriter(writer, Name.Namespace).Group(Name.Name, manifest, ManifestShape.Full);

    /// <summary>Reads the element that <paramref name="reader"/> stands on, to behind its end; refuses with LG-1001, LG-1002 or
    /// LG-1003.</summary>
    /// <param name="reader">A reader on the element's start; it must keep white space and refuse DTDs.</param>
    /// <param name="zone">The zone in which dateTimes without an offset are meant.</param>
    public static Outcome<Manifest> Read(XmlReader reader, TimeZoneInfo zone) => FieldReader.Read(reader, Name, ManifestShape.Full, zone);
}

using System.Xml.Linq;

namespace LinkGateway.Relay.Catalogue;

/// <summary>Names of WSDL 1.1, its SOAP and MIME bindings, and XML Schema.</summary>
static class WsdlNames
{
    public const string SchemaNamespace = "http://www.w3.org/2001/XMLSchema";
    public const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    public static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    public static readonly XNamespace Mime = "http://schemas.xmlsoap.org/wsdl/mime/";
    public static readonly XNamespace Xsd = SchemaNamespace;
    public static readonly IReadOnlyList<XNamespace> Soaps =
        ["http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"];

    /// <summary>The first child or descendant of a SOAP binding's namespace that has the local name.</summary>
    public static XElement? Soap(this IEnumerable<XElement> elements, string name) =>
        elements.FirstOrDefault(element => element.Name.LocalName == name && Soaps.Contains(element.Name.Namespace));

    /// <summary>The name that an attribute's prefixed text stands for; null where the attribute is absent or its prefix unknown.</summary>
    public static XName? QName(this XElement element, string attribute)
    {
        if (element.Attribute(attribute)?.Value.Trim() is not { Length: > 0 } text)
            return null;
        var parts = text.Split(':');
        try
        {
            return parts switch
            {
                [var local] => element.GetDefaultNamespace() + local,
                [var prefix, var local] when element.GetNamespaceOfPrefix(prefix) is { } space => space + local,
                _ => null,
            };
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }
}

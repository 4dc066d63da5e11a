using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>What differs on the wire between the versions of SOAP.</summary>
public static class SoapVersionExtensions
{
    static readonly XNamespace Namespace11 = "http://schemas.xmlsoap.org/soap/envelope/";
    static readonly XNamespace Namespace12 = "http://www.w3.org/2003/05/soap-envelope";

    /// <summary>The namespace of <c>Envelope</c>, <c>Header</c>, <c>Body</c> and <c>Fault</c>.</summary>
    /// <param name="version">The version of SOAP.</param>
    /// <returns>The namespace that tells this version.</returns>
    public static XNamespace Namespace(this SoapVersion version) => version == SoapVersion.Soap11 ? Namespace11 : Namespace12;

    /// <summary>The media type of an envelope without attachments, and of the root part with them.</summary>
    /// <param name="version">The version of SOAP.</param>
    /// <returns><c>text/xml</c> or <c>application/soap+xml</c>, without parameters.</returns>
    public static string MediaType(this SoapVersion version) => version == SoapVersion.Soap11 ? "text/xml" : "application/soap+xml";

    /// <summary>The version whose envelope namespace this is.</summary>
    /// <param name="namespaceUri">The namespace of a root element named <c>Envelope</c>.</param>
    /// <returns>The version, or null where the namespace is that of neither.</returns>
    internal static SoapVersion? FromNamespace(string namespaceUri) =>
        namespaceUri == Namespace11.NamespaceName ? SoapVersion.Soap11
        : namespaceUri == Namespace12.NamespaceName ? SoapVersion.Soap12
        : null;
}

using System.Xml;
using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>A fault, without regard to the version of SOAP it is written in. Immutable.</summary>
/// <param name="Code">Who or what is to blame.</param>
/// <param name="Reason">The text for a human; characters that XML cannot hold are left out when it is written.</param>
public sealed record SoapFault(SoapFaultCode Code, string Reason)
{
    /// <summary>The language of <see cref="Reason"/> as a BCP 47 tag; <c>en</c> where nothing is said.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Writes the elements inside <c>detail</c>; null for a fault without detail. May be called more than once.</summary>
    public Action<XmlWriter>? Detail { get; init; }

    /// <summary>The elements inside <c>detail</c> of a fault that was read; empty for one made here.</summary>
    public IReadOnlyList<XElement> DetailElements { get; init; } = [];

    /// <summary>The URI of the node that failed (1.1: <c>faultactor</c>, 1.2: <c>Role</c>); null where not told.</summary>
    public string? Role { get; init; }

    /// <summary>
    /// The header blocks that were not understood, for a fault of that code that is to be written: SOAP 1.2 names each in a header block
    /// (part 1, 5.4.8), SOAP 1.1 has no place for them.
    /// </summary>
    public IReadOnlyList<XName> NotUnderstood { get; init; } = [];

    /// <summary>The HTTP status that carries this fault: 400 for a SOAP 1.2 Sender fault, otherwise 500.</summary>
    /// <param name="version">The version of SOAP the fault is written in.</param>
    /// <returns>The status code (WS-I BP 1.1 R1126; SOAP 1.2 part 2, 7.5.2.2).</returns>
    public int HttpStatus(SoapVersion version) => version == SoapVersion.Soap12 && Code == SoapFaultCode.Sender ? 400 : 500;

    /// <summary>Reads the fault of an envelope.</summary>
    /// <param name="envelope">The envelope, usually a response.</param>
    /// <returns>The fault, or null where the body is none.</returns>
    public static SoapFault? From(SoapEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (!envelope.IsFault)
            return null;
        using var reader = envelope.ReadBody();
        var fault = (XElement)XNode.ReadFrom(reader);
        return envelope.Version == SoapVersion.Soap11 ? From11(fault) : From12(fault, envelope.Version.Namespace());
    }

    static SoapFault From11(XElement fault)
    {
        // WS-I BP 1.1 R1001 wants these children unqualified; some stacks qualify them all the same.
        XElement? Child(string name) => fault.Elements().FirstOrDefault(child => child.Name.LocalName == name);
        var reason = Child("faultstring");
        return new SoapFault(CodeOf(Child("faultcode")?.Value), reason?.Value ?? "")
        {
            Language = reason?.Attribute(XNamespace.Xml + "lang")?.Value ?? "en",
            Role = Child("faultactor")?.Value,
        }.WithDetail(Child("detail"));
    }

    static SoapFault From12(XElement fault, XNamespace soap)
    {
        var reason = fault.Element(soap + "Reason")?.Element(soap + "Text");
        return new SoapFault(CodeOf(fault.Element(soap + "Code")?.Element(soap + "Value")?.Value), reason?.Value ?? "")
        {
            Language = reason?.Attribute(XNamespace.Xml + "lang")?.Value ?? "en",
            Role = fault.Element(soap + "Role")?.Value,
        }.WithDetail(fault.Element(soap + "Detail"));
    }

    SoapFault WithDetail(XElement? detail)
    {
        if (detail is null)
            return this;
        var elements = detail.Elements().ToArray();
        return this with
        {
            DetailElements = elements,
            Detail = writer =>
            {
                foreach (var element in elements)
                    element.WriteTo(writer);
            },
        };
    }

    static SoapFaultCode CodeOf(string? qualifiedName)
    {
        var local = (qualifiedName ?? "").Trim();
        local = local[(local.LastIndexOf(':') + 1)..];
        // Dot notation ('Server.userException') breaks WS-I BP 1.1 R1031 but is what Axis sends: the part before the dot is the code.
        var dot = local.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? local : local[..dot]) switch
        {
            "Client" or "Sender" => SoapFaultCode.Sender,
            "VersionMismatch" => SoapFaultCode.VersionMismatch,
            "MustUnderstand" => SoapFaultCode.MustUnderstand,
            _ => SoapFaultCode.Receiver,
        };
    }
}

using System.Xml;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Receiving;

namespace LinkGateway.Contract.Wire;

/// <summary>Element <c>receiverFault</c>, the one child of a fault's detail: <c>code</c>, <c>text</c> and, when there is more,
/// <c>detail</c>.</summary>
/// <remarks>Thread-safe.</remarks>
public static class ReceiverFaultXml
{
    static readonly Shape<ReceiverFault> Shape = new(
        (f, fault) =>
        {
            f.Prose("code", fault.Code);
            f.Prose("text", fault.Text);
            f.Prose("detail", fault.Detail);
        },
        f => new ReceiverFault(f.Text("code"), f.Text("text"), f.TextOrNull("detail")));

    /// <summary>Name of the element.</summary>
    public static XmlQualifiedName Name { get; } = new(ReceiverNames.Fault, ReceiverNames.Namespace);

    /// <summary>Writes the element.</summary>
    public static void Write(XmlWriter writer, ReceiverFault fault) =>
        new FieldWriter(writer, Name.Namespace).Group(Name.Name, fault, Shape);

    /// <summary>Reads the element that <paramref name="reader"/> stands on, to behind its end; refuses with LG-1001, LG-1002 or
    /// LG-1003.</summary>
    public static Outcome<ReceiverFault> Read(XmlReader reader) => FieldReader.Read(reader, Name, Shape, TimeZoneInfo.Utc);
}

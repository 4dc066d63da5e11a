using System.Xml;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Wire;

/// <summary>Element <c>notificationFault</c>, the one child of a fault's detail: <c>code</c>, <c>text</c> and, when there is more,
/// <c>detail</c>.</summary>
/// <remarks>Thread-safe.</remarks>
public static class NotificationFaultXml
{
    static readonly Shape<NotificationFault> Shape = new(
        (f, fault) =>
        {
            f.Prose("code", fault.Code);
            f.Prose("text", fault.Text);
            f.Prose("detail", fault.Detail);
        },
        f => new NotificationFault(f.Text("code"), f.Text("text"), f.TextOrNull("detail")));

    /// <summary>Name of the element.</summary>
    public static XmlQualifiedName Name { get; } = new(NotificationNames.Fault, NotificationNames.Namespace);

    /// <summary>Writes the element.</summary>
    public static void Write(XmlWriter writer, NotificationFault fault) =>
        new FieldWriter(writer, Name.Namespace).Group(Name.Name, fault, Shape);

    /// <summary>Reads the element that <paramref name="reader"/> stands on, to behind its end; refuses with LG-1001, LG-1002 or
    /// LG-1003.</summary>
    public static Outcome<NotificationFault> Read(XmlReader reader) => FieldReader.Read(reader, Name, Shape, TimeZoneInfo.Utc);
}

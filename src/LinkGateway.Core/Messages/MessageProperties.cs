using LinkGateway.Contract.Manifests;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Messages;

/// <summary>
/// The properties in which the manifest of a stored message keeps what HTTP and SOAP must repeat at the next hop. Standing in the manifest,
/// they are covered by its digest and so by every receipt.
/// </summary>
public static class MessageProperties
{
    /// <summary>Content-Type as the sender wrote it, with all its parameters.</summary>
    public const string ContentType = "contentType";

    /// <summary>SOAPAction as the sender wrote it, quotes included.</summary>
    public const string SoapAction = "soapAction";

    /// <summary>Version of SOAP: <c>1.1</c> or <c>1.2</c>.</summary>
    public const string SoapVersion = "soapVersion";

    /// <summary>団体コード of the receiver in the address, six digits.</summary>
    public const string Organisation = "organisation";

    /// <summary>Name of the service in the address.</summary>
    public const string Service = "service";

    /// <summary>Name of the operation in its contract.</summary>
    public const string Operation = "operation";

    /// <summary>wsa:RelatesTo.</summary>
    public const string RelatesTo = "relatesTo";

    /// <summary>Address of wsa:ReplyTo as the sender wrote it.</summary>
    public const string ReplyTo = "replyTo";

    /// <summary>Address of wsa:FaultTo as the sender wrote it.</summary>
    public const string FaultTo = "faultTo";

    /// <summary>In a reply: <see cref="Reply"/> or <see cref="Fault"/>.</summary>
    public const string ReplyKind = "replyKind";

    /// <summary>In a reply: transfer id of the message that it answers.</summary>
    public const string InReplyTo = "inReplyTo";

    /// <summary><c>true</c> where the sender stated no wsa:MessageID and the gateway made the transfer id.</summary>
    public const string IdMade = "idMade";

    /// <summary>Value of <see cref="ReplyKind"/>: an answer.</summary>
    public const string Reply = "reply";

    /// <summary>Value of <see cref="ReplyKind"/>: a fault.</summary>
    public const string Fault = "fault";

    /// <summary>Longest value, in characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>Whether the manifest is that of a stored message, and not of a file.</summary>
    public static bool IsMessage(this Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Kind == FileKind.Message.WireName();
    }

    /// <summary>Whether the manifest is that of a reply to a stored message.</summary>
    public static bool IsReply(this Manifest manifest) => manifest.IsMessage() && manifest.Property(ReplyKind) is not null;

    /// <summary>Whether somebody shall reply to the message.</summary>
    public static bool ExpectsReply(this Manifest manifest) =>
        manifest.IsMessage() && (manifest.Property(ReplyTo) ?? manifest.Property(FaultTo)) is not null;

    /// <summary>The first property of that name; null when there is none.</summary>
    public static string? Property(this Manifest manifest, string name)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        foreach (var property in manifest.Properties)
            if (property.Name == name) return property.Value;
        return null;
    }
}

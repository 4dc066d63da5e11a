using System.IO.Pipelines;
using CoreWCF;
using CoreWCF.Channels;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>
/// What a message brought beside what CoreWCF reads of it, and the attachments that its reply is to have. An operation takes it before its
/// first await.
/// </summary>
public sealed class SwaMessageProperty
{
    /// <summary>The name among the message's properties.</summary>
    public const string Name = "LinkGateway.Soap.CoreWcf.Swa";

    readonly PipeReader _body;

    internal SwaMessageProperty(SoapMessage received, PipeReader body, DeviationLog deviations)
    {
        _body = body;
        Envelope = received.Envelope;
        Attachments = received.Attachments is NoAttachments none ? none : new SwaAttachments(received.Attachments);
        Deviations = deviations;
    }

    /// <summary>The property of the message that the running operation answers; null where the endpoint has another encoding.</summary>
    public static SwaMessageProperty? Current => Of(CoreWCF.OperationContext.Current?.IncomingMessageProperties);

    /// <summary>The envelope with its header blocks; readable until the message is closed.</summary>
    public SoapEnvelope Envelope { get; }

    /// <summary>
    /// The attachments, read off the wire as they are asked for, each as a pipe or as a stream. What is wrong with them is thrown as
    /// <see cref="FaultException"/> with the sender to blame: an operation may let it pass.
    /// </summary>
    public IAttachments Attachments { get; }

    /// <summary>How the message departs from the standards; it grows as attachments are read.</summary>
    public DeviationLog Deviations { get; }

    /// <summary>
    /// The attachments of the reply, in order; with one at least it is <c>multipart/related</c>. They are read while they are sent, and
    /// then disposed. A fault is sent without them.
    /// </summary>
    public IList<OutgoingAttachment> ReplyAttachments { get; } = [];

    /// <summary>Takes the attachments of the reply out, for whoever sends or disposes them.</summary>
    internal IReadOnlyList<OutgoingAttachment> TakeReplyAttachments()
    {
        OutgoingAttachment[] attachments = [.. ReplyAttachments];
        ReplyAttachments.Clear();
        return attachments;
    }

    /// <summary>Gives back what the exchange held; nothing of the message is read any more.</summary>
    internal async ValueTask EndAsync()
    {
        foreach (var unsent in TakeReplyAttachments())
            await unsent.DisposeAsync();
        await _body.CompleteAsync();
    }

    /// <summary>The property among those of a message; null where the endpoint has another encoding.</summary>
    /// <param name="properties">The properties; null for none.</param>
    public static SwaMessageProperty? Of(MessageProperties? properties) =>
        properties is not null && properties.TryGetValue(Name, out var property) ? property as SwaMessageProperty : null;
}

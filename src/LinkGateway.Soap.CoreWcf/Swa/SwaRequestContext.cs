using System.Buffers;
using System.Net;
using System.Xml;
using CoreWCF.Channels;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Profiles;
using Microsoft.AspNetCore.Http;

namespace LinkGateway.Soap.CoreWcf.Swa;

/// <summary>
/// A request whose reply is written in the request's version, with its attachments, under the Content-Type and status that belong to it:
/// the encoder, one for all messages, could say none of these.
/// </summary>
sealed class SwaRequestContext(
    RequestContext inner, SoapVersion version, SwaMessageProperty? swa, DeviationLog deviations, SwaMessageEncodingBindingElement settings)
    : RequestContext
{
    /// <summary>Name of the prepared reply among the properties of its message.</summary>
    public const string Reply = "LinkGateway.Soap.CoreWcf.Reply";

    const string HttpContextProperty = "Microsoft.AspNetCore.Http.HttpContext";

    // Larger than any envelope that is worth sending; a fault with a detail beyond it is none.
    const int FaultBytes = 16 * 1024 * 1024;

    readonly HttpContext? _http =
        inner.RequestMessage.Properties.TryGetValue(HttpContextProperty, out var http) ? http as HttpContext : null;
    bool _ended;

    public override Message RequestMessage => inner.RequestMessage;

    public override Task ReplyAsync(Message message) => ReplyAsync(message, CancellationToken.None);

    public override async Task ReplyAsync(Message message, CancellationToken token)
    {
        // Null acknowledges a one-way message.
        if (message is null)
        {
            await inner.ReplyAsync(null, token);
            return;
        }
        var status = HttpStatusCode.OK;
        if (message.IsFault)
            (message, status) = Translate(message);
        var envelope = Write(message);
        var attachments = status == HttpStatusCode.OK ? swa?.TakeReplyAttachments() : [];
        await using var outgoing = OutgoingMessage.Of(VersionOf(message), envelope, attachments);
        await SendAsync(message, outgoing, status, token);
    }

    /// <summary>Replies by a fault of our own making.</summary>
    public async Task ReplyAsync(SoapFault fault)
    {
        var envelope = new ArrayBufferWriter<byte>();
        SoapEnvelopeWriter.WriteFault(envelope, version, fault);
        using var message = Message.CreateMessage(settings.VersionOf(version), action: null);
        await using var outgoing = OutgoingMessage.Of(version, envelope.WrittenMemory);
        await SendAsync(message, outgoing, (HttpStatusCode)fault.HttpStatus(version), CancellationToken.None);
    }

    public override Task CloseAsync() => CloseAsync(CancellationToken.None);

    public override async Task CloseAsync(CancellationToken token)
    {
        try
        {
            _http?.AllowLastFlush();
            await inner.CloseAsync(token);
        }
        finally
        {
            await EndAsync();
        }
    }

    public override void Abort()
    {
        // Aborted, the transport would wait for ever for a reply that never comes; closed on a connection that is gone, it ends.
        if (_http is null)
            inner.Abort();
        else
            _http.Abort();
        _ = CloseAsync();
    }

    public override void OnOperationInvoke() => inner.OnOperationInvoke();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            ((IDisposable)inner).Dispose();
        base.Dispose(disposing);
    }

    Task SendAsync(Message message, OutgoingMessage outgoing, HttpStatusCode status, CancellationToken token)
    {
        message.Properties[Reply] = outgoing;
        // A status that an operation chose stands.
        var response = message.Properties.TryGetValue(HttpResponseMessageProperty.Name, out var property)
            && property is HttpResponseMessageProperty chosen
                ? chosen
                : new HttpResponseMessageProperty { StatusCode = status };
        response.Headers[HttpResponseHeader.ContentType] = outgoing.ContentType;
        message.Properties[HttpResponseMessageProperty.Name] = response;
        if (_http is not null && !response.SuppressEntityBody)
            _http.Response.ContentLength = outgoing.Length;
        return inner.ReplyAsync(message, token);
    }

    /// <summary>CoreWCF words faults in the version of the binding; the sender reads the one it speaks.</summary>
    (Message Message, HttpStatusCode Status) Translate(Message message)
    {
        var action = message.Headers.Action;
        var fault = MessageFault.CreateFault(message, FaultBytes);
        var translated = Message.CreateMessage(settings.VersionOf(version), fault, action);
        if (message.Headers.RelatesTo is { } related)
            translated.Headers.RelatesTo = related;
        translated.Properties.CopyProperties(message.Properties);
        var code = fault.Code.IsSenderFault ? SoapFaultCode.Sender : SoapFaultCode.Receiver;
        return (translated, (HttpStatusCode)new SoapFault(code, "").HttpStatus(version));
    }

    static SoapVersion VersionOf(Message message) =>
        message.Version.Envelope == CoreWCF.EnvelopeVersion.Soap12 ? SoapVersion.Soap12 : SoapVersion.Soap11;

    static ReadOnlyMemory<byte> Write(Message message)
    {
        // As the transport does, which comes to it too late.
        message.Headers.To = null;
        if (message.Version.Addressing == AddressingVersion.None)
            message.Headers.Action = null;
        var output = new MemoryStream();
        using (var writer = XmlDictionaryWriter.CreateTextWriter(output, System.Text.Encoding.UTF8, ownsStream: false))
            message.WriteMessage(writer);
        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    async ValueTask EndAsync()
    {
        if (Interlocked.Exchange(ref _ended, true))
            return;
        if (swa is not null)
            await swa.EndAsync();
        if (deviations.Reports.Count > 0)
            settings.Deviated?.Invoke(deviations.Reports);
    }
}

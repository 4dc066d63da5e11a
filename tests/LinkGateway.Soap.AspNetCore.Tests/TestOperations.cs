using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.AspNetCore;

/// <summary>Operations that do one thing each.</summary>
sealed class TestOperations
{
    public static readonly XNamespace Namespace = "http://example.org/test/v1";

    long _bytesRead;

    public ConcurrentQueue<(long Bytes, string Sha256)> Stored { get; } = [];

    public ConcurrentQueue<Call> Calls { get; } = [];

    /// <summary>Bytes of attachments that operations have read, broken messages included.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    public IEnumerable<IOperationHandler> All =>
    [
        new Operation("echo", Echo),
        new Operation("store", StoreAsync),
        new Operation("stall", StallAsync),
        new Operation("refuse", Refuse),
        new Operation("busy", (_, _) => ValueTask.FromResult(
            OperationReply.Fault(new SoapFault(SoapFaultCode.Receiver, "Busy."), TimeSpan.FromSeconds(1.5)))),
        new Operation("fail", (_, _) => throw new InvalidOperationException("secret of the house")),
        new Operation("fetch", (_, _) => ValueTask.FromResult(OperationReply.Body(
            writer => Write(writer, "fetchResponse", "cid:file@example.org"),
            OutgoingAttachment.From(
                MimeHeaders.ForPart("file@example.org", new MediaType("text", "csv")), new MemoryStream("1,2,3"u8.ToArray()))))),
        new Operation("unwritable", (_, _) => ValueTask.FromResult(
            OperationReply.Body(_ => throw new XmlException("secret of the house")))),
        new Operation("notify", (_, _) => ValueTask.FromResult(OperationReply.Accepted() with
        {
            HttpHeaders = new Dictionary<string, string> { ["Transfer-Id"] = "t1" },
        })),
    ];

    public static void Write(XmlWriter writer, string name, string text) => writer.WriteElementString(name, Namespace.NamespaceName, text);

    ValueTask<OperationReply> Echo(OperationContext context, CancellationToken ct)
    {
        var hops = context.HttpHeaders.TryGetValue("linkgateway-hops", out var value) ? value : null;
        Calls.Enqueue(new Call(context.SoapAction, context.Address, hops, context.ContentLength, context.Caller.Identity?.IsAuthenticated));
        var text = TextOf(context);
        return ValueTask.FromResult(OperationReply.Body(writer => Write(writer, "echoResponse", text)));
    }

    async ValueTask<OperationReply> StoreAsync(OperationContext context, CancellationToken ct)
    {
        var attachment = await context.Attachments.FindAsync(TextOf(context), ct)
            ?? throw new SoapFaultException(new SoapFault(SoapFaultCode.Sender, "There is no such attachment."));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        while (true)
        {
            var read = await attachment.Body.ReadAsync(ct);
            foreach (var segment in read.Buffer)
                hash.AppendData(segment.Span);
            bytes += read.Buffer.Length;
            Interlocked.Add(ref _bytesRead, read.Buffer.Length);
            attachment.Body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        await context.Attachments.FinishAsync(ct);
        Stored.Enqueue((bytes, Convert.ToHexStringLower(hash.GetHashAndReset())));
        return OperationReply.Body(writer => Write(writer, "storeResponse", XmlConvert.ToString(bytes)));
    }

    /// <summary>Gives up amid a read: when the sender goes away, or at once where the attachment says so.</summary>
    async ValueTask<OperationReply> StallAsync(OperationContext context, CancellationToken ct)
    {
        var attachment = await context.Attachments.FindAsync(TextOf(context), ct);
        var read = await attachment!.Body.ReadAsync(ct);
        Interlocked.Add(ref _bytesRead, read.Buffer.Length);
        if (read.Buffer.FirstSpan.StartsWith("fail"u8))
            throw new SoapFaultException(new SoapFault(SoapFaultCode.Sender, "Not this one."));
        await Task.Delay(Timeout.Infinite, ct);
        return OperationReply.Accepted();
    }

    static ValueTask<OperationReply> Refuse(OperationContext context, CancellationToken ct) =>
        ValueTask.FromResult(OperationReply.Fault(new SoapFault(SoapFaultCode.Sender, "Refused before the attachment was read.")));

    static string TextOf(OperationContext context)
    {
        using var reader = context.Request.ReadBody();
        return reader.ReadElementContentAsString();
    }

    public sealed record Call(string? SoapAction, Uri Address, string? Hops, long? ContentLength, bool? Authenticated);

    sealed class Operation(string name, Func<OperationContext, CancellationToken, ValueTask<OperationReply>> handle) : IOperationHandler
    {
        public XName Request => Namespace + name;

        public ValueTask<OperationReply> HandleAsync(OperationContext context, CancellationToken ct) => handle(context, ct);
    }
}

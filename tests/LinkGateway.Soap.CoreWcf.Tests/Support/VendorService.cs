using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using CoreWCF;
using CoreWCF.Channels;
using LinkGateway.Soap.CoreWcf.Swa;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Soap.CoreWcf.Support;

/// <summary>Operations that do one thing each.</summary>
[ServiceBehavior(InstanceContextMode = InstanceContextMode.Single, ConcurrencyMode = ConcurrencyMode.Multiple)]
public sealed class VendorService : IVendorService
{
    static readonly MediaType Csv = new("text", "csv");

    /// <summary>Completed by the first byte of an attachment that <c>Begin</c> has read.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the reply of <c>Stream</c> is read from.</summary>
    public Pipe ReplyContent { get; } = new(new PipeOptions(pauseWriterThreshold: 0));

    public string Echo(string text) => text;

    public async Task<string> StoreAsync(string file)
    {
        var attachments = SwaMessageProperty.Current!.Attachments;
        var attachment = await FindAsync(attachments, file);
        await using var content = attachment.OpenStream();
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
        await attachments.FinishAsync(CancellationToken.None);
        return digest;
    }

    public async Task<string> PipeAsync(string file)
    {
        var attachment = await FindAsync(SwaMessageProperty.Current!.Attachments, file);
        long bytes = 0;
        while (true)
        {
            var read = await attachment.Body.ReadAsync();
            bytes += read.Buffer.Length;
            attachment.Body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return $"{attachment.ContentId} {attachment.Headers["Content-Type"]} {bytes}";
        }
    }

    public async Task<string> BeginAsync(string file)
    {
        var attachment = await FindAsync(SwaMessageProperty.Current!.Attachments, file);
        await using var content = attachment.OpenStream();
        await content.ReadExactlyAsync(new byte[1]);
        Begun.SetResult();
        await content.CopyToAsync(Stream.Null);
        return "whole";
    }

    public Task<string> FetchAsync(int count)
    {
        var reply = SwaMessageProperty.Current!.ReplyAttachments;
        for (var number = 1; number <= count; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"file{number}@vendor.example");
            reply.Add(OutgoingAttachment.From(MimeHeaders.ForPart(id, Csv), "1,2,3"u8.ToArray()));
        }
        return Task.FromResult("cid:file1@vendor.example");
    }

    public Task<string> StreamAsync()
    {
        SwaMessageProperty.Current!.ReplyAttachments.Add(
            OutgoingAttachment.From(MimeHeaders.ForPart("file@vendor.example", Csv), ReplyContent.Reader));
        return Task.FromResult("cid:file@vendor.example");
    }

    public Task<string> RefuseAsync(string file) =>
        throw new FaultException("Refused before the attachment was read.", FaultCode.CreateSenderFaultCode(null));

    public Task<string> FailAsync(string file) => throw new InvalidOperationException("secret of the house");

    public Task<Message> AnyAsync(Message request) => Task.FromResult(Message.CreateMessage(
        request.Version, "urn:anyResponse", SwaMessageProperty.Of(request.Properties)!.Envelope.BodyName!.LocalName));

    static async Task<Attachment> FindAsync(IAttachments attachments, string file) =>
        await attachments.FindAsync(file, CancellationToken.None)
        ?? throw new FaultException("There is no such attachment.", FaultCode.CreateSenderFaultCode(null));
}

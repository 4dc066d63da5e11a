using System.IO.Pipelines;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Messages;
using LinkGateway.Relay.Calls;
using LinkGateway.Relay.Channels;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Mime;
using LinkGateway.Soap.Operations;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Messages;

/// <summary>
/// Posts stored messages as they came: to receivers in their version of SOAP and with reply addresses of this gateway, to gateways
/// unchanged, with manifest and receipt beside them. Thread-safe.
/// </summary>
/// <param name="channels">The way to receivers.</param>
/// <param name="configuration">The configuration in force.</param>
/// <param name="limits">What reading a message may cost.</param>
public sealed class MessageSender(ReceiverChannels channels, ConfigurationSource configuration, MessageLimits limits) : IMessageSender
{
    /// <inheritdoc/>
    public async ValueTask<MessageAnswer> SendAsync(MessagePost post, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(post);
        if (post.Destination is GatewayDestination gateway)
            return await ToGatewayAsync(post, gateway, cancellationToken);
        var destination = (ServiceDestination)post.Destination;
        var version = post.Manifest.Property(MessageProperties.SoapVersion) == "1.2" ? SoapVersion.Soap12 : SoapVersion.Soap11;
        return post.ReplyTo is not null || Changes.VersionAt(destination, version) != version
            ? await ChangedAsync(post, destination, cancellationToken)
            : await PostAsync(post, new OutgoingCall
            {
                Address = destination.Url,
                ContentType = post.Manifest.Property(MessageProperties.ContentType)!,
                ContentLength = post.Content.Length,
                Headers = [.. OwnHeaders(post), .. ActionHeader(post)],
                WriteAsync = (output, ct) => CopyAsync(post.Content, output, ct),
            }, cancellationToken);
    }

    async ValueTask<MessageAnswer> ToGatewayAsync(MessagePost post, GatewayDestination gateway, CancellationToken ct)
    {
        var path = post.InReplyTo is { } reply
            ? CallbackRelay.Path + reply
            : CallAdmission.ServicePath + post.Manifest.Property(MessageProperties.Organisation)
                + "/" + post.Manifest.Property(MessageProperties.Service);
        return await PostAsync(post, new OutgoingCall
        {
            Address = new Uri(gateway.Url, path),
            ContentType = post.Manifest.Property(MessageProperties.ContentType)!,
            ContentLength = post.Content.Length,
            Headers =
            [
                .. OwnHeaders(post), .. ActionHeader(post), new(LinkGatewayHeaders.Hops, string.Join(", ", post.Hops)),
                .. ForwardHeaders.Write(post.Manifest, post.Replay, post.EntryReceiptDocument),
            ],
            WriteAsync = (output, token) => CopyAsync(post.Content, output, token),
        }, ct);
    }

    /// <summary>Reads the envelope, so that what must change in it can be changed; attachments still stream.</summary>
    async ValueTask<MessageAnswer> ChangedAsync(MessagePost post, ServiceDestination destination, CancellationToken ct)
    {
        if (post.ReplyTo is not null && configuration.Current.Configuration.Gateway.PublicUrl is null)
            return new MessageAnswer.NotSent(
                ErrorCatalogue.ReplyAddressInvalid.Code, "gateway.publicUrl, to which the reply comes, is not set any more");
        var contentType = post.Manifest.Property(MessageProperties.ContentType)!;
        if (!MediaType.TryParse(contentType, out var mediaType))
            return new MessageAnswer.Refused(ErrorCatalogue.MessageMalformed.Code, "its Content-Type cannot be read");
        var body = PipeReader.Create(new ContentStream(post.Content));
        try
        {
            using var message = await RelayedMessage.ReadAsync(body, contentType, mediaType, limits, ct: ct);
            if (Changes.Refuse(message.Envelope, destination, post.ReplyTo is not null) is { } refusal)
            {
                // It could be sent when it was taken in: an operator has set the destination otherwise since, or this is an alternate.
                return new MessageAnswer.NotSent(refusal.Code, refusal.Error.Text(refusal.Arguments, japanese: false));
            }
            var headers = new List<KeyValuePair<string, string>>(OwnHeaders(post));
            Change(post, destination, message, mediaType, headers);
            return await PostAsync(post, new OutgoingCall
            {
                Address = destination.Url,
                ContentType = message.ContentType,
                ContentLength = message.Length(post.Content.Length),
                Headers = headers,
                WriteAsync = message.WriteToAsync,
            }, ct);
        }
        catch (Exception error) when (error is SoapFormatException or MimeFormatException)
        {
            return new MessageAnswer.Refused(ErrorCatalogue.MessageMalformed.Code, error.Message);
        }
        finally
        {
            await body.CompleteAsync();
        }
    }

    void Change(
        MessagePost post, ServiceDestination destination, RelayedMessage message, MediaType mediaType,
        List<KeyValuePair<string, string>> headers)
    {
        var envelope = message.Envelope;
        var version = Changes.VersionAt(destination, envelope.Version);
        if (post.ReplyTo is { } token)
        {
            var address = new Uri(configuration.Current.Configuration.Gateway.PublicUrl!, CallbackRelay.Path + token).ToString();
            var replaced = EnvelopeRewriter.ReplaceReplyAddresses(envelope, _ => address);
            message.ReplaceEnvelope(replaced.Envelope);
            if (version != envelope.Version)
                envelope = SoapEnvelope.Parse(replaced.Envelope, message.Charset, limits.Envelope);
        }
        if (version == envelope.Version)
        {
            headers.AddRange(ActionHeader(post));
            return;
        }
        var action = envelope.Version == SoapVersion.Soap11
            ? post.Manifest.Property(MessageProperties.SoapAction)?.Trim().Trim('"')
            : mediaType.Parameter("action");
        if (version == SoapVersion.Soap11)
            headers.Add(new("SOAPAction", $"\"{action}\""));
        message.ReplaceEnvelope(EnvelopeRewriter.Convert(envelope, version), version, action);
    }

    async ValueTask<MessageAnswer> PostAsync(MessagePost post, OutgoingCall call, CancellationToken ct)
    {
        var sent = await channels.SendAsync([post.Destination], _ => call, ct);
        if (!sent.Succeeded) return MessageAnswers.Of(sent.Refusal);
        await using var answer = sent.Value;
        return await MessageAnswers.OfAsync(answer, post.Destination, limits, ct);
    }

    static IEnumerable<KeyValuePair<string, string>> OwnHeaders(MessagePost post) =>
    [
        new(LinkGatewayHeaders.Origin, post.Identity.Origin),
        new(LinkGatewayHeaders.MessageId, post.Identity.TransferId),
    ];

    static IEnumerable<KeyValuePair<string, string>> ActionHeader(MessagePost post) =>
        post.Manifest.Property(MessageProperties.SoapAction) is { } action ? [new("SOAPAction", action)] : [];

    static async ValueTask CopyAsync(PayloadContent content, PipeWriter output, CancellationToken ct)
    {
        const int BlockBytes = 128 * 1024;
        for (long position = 0; position < content.Length;)
        {
            var read = await content.ReadAsync(position, output.GetMemory(BlockBytes), ct);
            position += read;
            output.Advance(read);
            if ((await output.FlushAsync(ct)).IsCompleted && position < content.Length)
                throw new IOException("The receiver of the message stopped reading before its end.");
        }
    }
}

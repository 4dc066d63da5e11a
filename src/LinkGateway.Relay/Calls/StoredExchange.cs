using System.Collections.Concurrent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Transfers;
using LinkGateway.Relay.Messages;
using LinkGateway.Relay.Records;
using LinkGateway.Soap.Envelope;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>
/// Stores one-way and asynchronous messages, and the replies to them; the answer, 202 without a body (WS-I BP 1.1 R2714), is sent when the
/// message is durable. Thread-safe.
/// </summary>
sealed class StoredExchange(RelayServices services)
{
    readonly ConcurrentDictionary<string, bool> _toldOf = new(StringComparer.Ordinal);

    /// <summary>Stores a message for the receiver that a route names.</summary>
    public async ValueTask<RelayReply> RunAsync(Call call, MatchedCall matched, CancellationToken ct)
    {
        var (replyTo, faultTo) = (ReplyAddresses.Elsewhere(call.Addressing?.ReplyTo), ReplyAddresses.Elsewhere(call.Addressing?.FaultTo));
        if (Changes.Refuse(call.Message.Envelope, matched.Route.Destination, asksForReply: (replyTo ?? faultTo) is not null) is { } signed)
            return call.Refuse(signed);
        var submission = SubmissionOf(call) with
        {
            Receiver = matched.Route.Receiver,
            InterfaceId = matched.Route.Interface.Id,
            InterfaceVersion = matched.Version.Version?.Version,
            Operation = matched.Operation.Name,
            ReplyTo = replyTo,
            FaultTo = faultTo,
        };
        return await StoreAsync(call, submission, matched.Admitted.Origin, matched.Admitted.Hops,
            (message, body) => services.Transfers.SubmitMessageAsync(call.Caller, message, body, ct));
    }

    /// <summary>Stores a reply for whoever made the message that it answers.</summary>
    public async ValueTask<RelayReply> RunReplyAsync(
        Call call, CallbackToken token, string origin, IReadOnlyList<string> hops, CancellationToken ct)
    {
        var submission = SubmissionOf(call) with { IsFault = call.Message.Envelope.IsFault };
        return await StoreAsync(call, submission, origin, hops,
            (message, body) => services.Transfers.SubmitReplyAsync(call.Caller, token, message, body, ct));
    }

    async ValueTask<RelayReply> StoreAsync(
        Call call,
        MessageSubmission submission,
        string origin,
        IReadOnlyList<string> hops,
        Func<MessageSubmission, IUploadBody, ValueTask<Outcome<AcceptResult>>> submit)
    {
        var forwarded = origin != call.Caller;
        if (forwarded)
        {
            var forward = ForwardHeaders.Read(call.Request.HttpHeaders, hops);
            if (!forward.Succeeded) return call.Refuse(forward.Refusal);
            submission = submission with { Forward = forward.Value };
        }
        else if (!call.HasMessageId && _toldOf.TryAdd(call.Caller, true))
            services.Events.MessageIdMissing(call.Caller);

        await using var body = new StoredBody(
            call.Message, call.Request.MediaType!, services.Limits.Multipart, call.Request.ContentLength);
        var stored = await submit(submission, body);
        if (!stored.Succeeded) return call.Refuse(stored.Refusal);
        var receipt = stored.Value.Receipt ?? throw new InvalidOperationException("A message was stored without a receipt.");
        if (!call.HasMessageId) call.Record.MessageId = receipt.TransferId;
        call.Record.Outcome = CallOutcome.Stored;
        var headers = call.AnswerHeaders();
        headers.Add(new(LinkGatewayHeaders.TransferId, Uri.EscapeDataString(receipt.TransferId)));
        if (forwarded) headers.Add(new(LinkGatewayHeaders.Receipt, Convert.ToBase64String(receipt.ReceiptDocument)));
        return new EmptyReply(call) { Status = 202, HttpHeaders = headers };
    }

    static MessageSubmission SubmissionOf(Call call)
    {
        var (message, headers) = (call.Message, call.Request.HttpHeaders);
        return new MessageSubmission
        {
            MessageId = call.Addressing?.MessageId,
            ContentType = call.Request.ContentType,
            SoapAction = headers.GetValueOrDefault("SOAPAction"),
            SoapVersion = call.Version == SoapVersion.Soap11 ? "1.1" : "1.2",
            RelatesTo = call.Addressing?.RelatesTo,
            Size = message.IsWhole ? message.Head.Length : null,
            Sha256 = message.IsWhole ? Sha256Digest.Of(message.Head.Span) : null,
        };
    }
}

using System.Collections.Concurrent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Messages;

namespace LinkGateway.Core.Tests.World;

/// <summary>
/// Receivers and next gateways without a network: remembers what arrives at services, and calls other gateways directly.
/// </summary>
sealed class DirectSender(string caller) : IMessageSender
{
    /// <summary>What reached a receiver whole, with its bytes, in order.</summary>
    public ConcurrentQueue<(MessagePost Post, byte[] Body)> Arrived { get; } = [];

    /// <summary>Ids of the destinations posted to, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>The gateways that can be reached, by id.</summary>
    public ConcurrentDictionary<string, CoreWorld> Gateways { get; } = [];

    /// <summary>What comes back instead of success, decided when it is posted; null: it goes through.</summary>
    public Func<MessagePost, MessageAnswer?>? Fault { get; set; }

    /// <summary>Waited for before a post goes out.</summary>
    public Func<MessagePost, Task>? Before { get; set; }

    /// <summary>Changes what is handed on to a gateway.</summary>
    public Func<MessageForward, MessageForward>? Forward { get; set; }

    public async ValueTask<MessageAnswer> SendAsync(MessagePost post, CancellationToken cancellationToken)
    {
        Calls.Enqueue(post.Destination.Id);
        if (Before is { } before) await before(post).WaitAsync(cancellationToken);
        var fault = Fault?.Invoke(post);
        if (fault is MessageAnswer.NotSent or MessageAnswer.Busy or MessageAnswer.Refused) return fault;
        var body = await ReadAsync(post.Content, cancellationToken);
        if (post.Destination is GatewayDestination gateway)
        {
            var outcome = await HandOnAsync(Gateways[gateway.Gateway], post, body, cancellationToken);
            return fault ?? AnswerOf(outcome);
        }

        Arrived.Enqueue((post, body));
        return fault ?? new MessageAnswer.Delivered();
    }

    async ValueTask<Outcome<AcceptResult>> HandOnAsync(
        CoreWorld next, MessagePost post, byte[] body, CancellationToken cancellationToken)
    {
        var forward = new MessageForward
        {
            Manifest = post.Manifest,
            Hops = post.Hops,
            Replay = post.Replay,
            EntryReceiptDocument = post.EntryReceiptDocument.ToArray(),
        };
        var submission = new MessageSubmission
        {
            Receiver = post.Receiver,
            InterfaceId = post.Manifest.InterfaceId,
            ContentType = post.Manifest.Property(MessageProperties.ContentType)!,
            SoapVersion = post.Manifest.Property(MessageProperties.SoapVersion)!,
            Forward = Forward?.Invoke(forward) ?? forward,
        };
        return post.InReplyTo is { } token
            ? await next.Transfers.SubmitReplyAsync(caller, token, submission, new TestBody(body), cancellationToken)
            : await next.Transfers.SubmitMessageAsync(caller, submission, new TestBody(body), cancellationToken);
    }

    static MessageAnswer AnswerOf(Outcome<AcceptResult> outcome)
    {
        if (outcome.Succeeded) return new MessageAnswer.HandedOver(outcome.Value.Receipt!.ReceiptDocument);
        var (code, text) = (outcome.Refusal.Code, outcome.Refusal.ToString());
        return outcome.Refusal.Side == FaultSide.Sender
            ? new MessageAnswer.Refused(code, text, outcome.Refusal.RetryAfter)
            : new MessageAnswer.Busy(code, text, outcome.Refusal.RetryAfter);
    }

    // In odd pieces, as a network takes them.
    static async Task<byte[]> ReadAsync(PayloadContent content, CancellationToken cancellationToken)
    {
        var body = new byte[content.Length];
        var length = 0;
        while (true)
        {
            var piece = body.AsMemory(length, Math.Min(10_007, body.Length - length));
            var read = await content.ReadAsync(length, piece, cancellationToken);
            if (read == 0) break;
            length += read;
        }

        Assert.Equal(body.Length, length);
        return body;
    }
}

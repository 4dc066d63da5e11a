using System.Collections.Concurrent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Inbox;
using LinkGateway.Core.Pull;
using LinkGateway.Core.Tests.World;

namespace LinkGateway.Core.Tests.Pull;

/// <summary>
/// The inbox of another gateway without a network: calls its service directly, with the faults that a network and a peer have.
/// </summary>
sealed class DirectInbox(string caller, CoreWorld outer) : IInboxPeer, IInboxPeerFactory, IPullEvents
{
    /// <summary>Offsets that were fetched.</summary>
    public ConcurrentQueue<long> Fetched { get; } = [];

    public ConcurrentQueue<string> Told { get; } = [];

    /// <summary>What becomes of a call, decided when it is made; null: it goes through.</summary>
    public Func<string, PeerFault?>? Fault { get; set; }

    /// <summary>What becomes of a confirmation, by what it confirms; null: it goes through.</summary>
    public Func<ConfirmReceiptRequest, PeerFault?>? ConfirmFault { get; set; }

    /// <summary>Waited for before a confirmation goes out.</summary>
    public Func<Task>? BeforeConfirm { get; set; }

    public IInboxPeer InboxOf(PullSettings settings) => this;

    public ValueTask<PeerAnswer<ListInboxResult>> ListInboxAsync(ListInboxRequest request, CancellationToken cancellationToken) =>
        CallAsync("List", () => outer.Transfers.ListInboxAsync(caller, request, cancellationToken), result => result);

    public ValueTask<PeerAnswer<IFetchedContent>> FetchChunkAsync(FetchChunkRequest request, CancellationToken cancellationToken) =>
        CallAsync<InboxContent, IFetchedContent>(
            "Fetch",
            () =>
            {
                Fetched.Enqueue(request.Offset);
                return outer.Transfers.FetchChunkAsync(caller, request, cancellationToken);
            },
            content => new Content(content));

    public async ValueTask<PeerAnswer<ConfirmReceiptResult>> ConfirmReceiptAsync(
        ConfirmReceiptRequest request, CancellationToken cancellationToken)
    {
        if (BeforeConfirm is { } before) await before().WaitAsync(cancellationToken);
        return await CallAsync(
            "Confirm", () => outer.Transfers.ConfirmReceiptAsync(caller, request, cancellationToken), result => result,
            ConfirmFault?.Invoke(request));
    }

    public void Troubled(string pullId, string text) => Told.Enqueue($"troubled: {text}");

    public void Refused(string pullId, string deliveryId, string text) => Told.Enqueue($"refused: {text}");

    public void ConfirmationRefused(string pullId, string deliveryId, string text) => Told.Enqueue($"not confirmed: {text}");

    async ValueTask<PeerAnswer<TValue>> CallAsync<T, TValue>(
        string name, Func<ValueTask<Outcome<T>>> call, Func<T, TValue> value, PeerFault? fault = null)
        where TValue : class
    {
        fault ??= Fault?.Invoke(name);
        if (fault is PeerFault.NotSent) return new() { Outcome = PeerOutcome.NotSent, Text = "connection refused" };
        if (fault is PeerFault.Refuse refuse)
            return new() { Outcome = PeerOutcome.Refused, Code = refuse.Code, Text = "told to refuse", OurFault = true };
        var outcome = await call();
        if (fault is PeerFault.AnswerLost) return new() { Outcome = PeerOutcome.InDoubt, Text = "the connection was closed" };
        return outcome.Succeeded
            ? new() { Outcome = PeerOutcome.Answered, Value = value(outcome.Value) }
            : new()
            {
                Outcome = PeerOutcome.Refused,
                Code = outcome.Refusal.Code,
                Text = outcome.Refusal.ToString(),
                OurFault = outcome.Refusal.Side == FaultSide.Sender,
                RetryAfter = outcome.Refusal.RetryAfter,
            };
    }

    sealed class Content(InboxContent content) : IFetchedContent
    {
        public FetchResult Result => content.Result;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            content.ReadAsync(buffer, cancellationToken);

        public ValueTask DisposeAsync() => content.DisposeAsync();
    }
}

using System.Collections.Concurrent;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Core.Tests.World;

/// <summary>The next gateway without a network: calls its service directly, with the faults that a network and a peer have.</summary>
sealed class DirectPeer(string caller, CoreWorld next) : IPeer
{
    /// <summary>Names of the calls made, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Chunks sent, by index.</summary>
    public ConcurrentQueue<int> Chunks { get; } = [];

    /// <summary>What becomes of a call, decided when it is made; null: it goes through.</summary>
    public Func<string, PeerFault?>? Fault { get; set; }

    /// <summary>Waited for before a call goes out.</summary>
    public Func<string, object, Task>? Before { get; set; }

    /// <summary>Changes the receipts of GetReceiptsSince on their way.</summary>
    public Func<ReceiptEntry, ReceiptEntry>? Receipt { get; set; }

    /// <summary>Changes a commit on its way.</summary>
    public Func<CommitTransferRequest, CommitTransferRequest>? Commit { get; set; }

    public ValueTask<PeerAnswer<OpenTransferResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        CallAsync("Open", request, () => next.Transfers.OpenTransferAsync(caller, request, cancellationToken), cancellationToken);

    public ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, ChunkContent content, CancellationToken cancellationToken) =>
        CallAsync("Put", request, async () =>
        {
            Chunks.Enqueue(request.Index);
            var bytes = new byte[content.Length];
            for (var length = 0; length < bytes.Length;)
            {
                var read = await content.ReadAsync(length, bytes.AsMemory(length), cancellationToken);
                if (read == 0) break;
                length += read;
            }

            return await next.Transfers.PutChunkAsync(caller, request, new TestBody(bytes), cancellationToken);
        }, cancellationToken);

    public ValueTask<PeerAnswer<AcceptResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken)
    {
        request = Commit?.Invoke(request) ?? request;
        return CallAsync(
            "Commit", request, () => next.Transfers.CommitTransferAsync(caller, request, cancellationToken), cancellationToken);
    }

    public ValueTask<PeerAnswer<TransferStatusResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        CallAsync("Status", request, () => next.Transfers.GetTransferStatusAsync(caller, request, cancellationToken), cancellationToken);

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsAsync(GetReceiptsRequest request, CancellationToken cancellationToken) =>
        CallAsync("ReceiptsOf", request, () => next.Transfers.GetReceiptsAsync(caller, request, cancellationToken), cancellationToken);

    public ValueTask<PeerAnswer<CancelResult>> CancelTransferAsync(CancelTransferRequest request, CancellationToken cancellationToken) =>
        CallAsync("Cancel", request, () => next.Transfers.CancelTransferAsync(caller, request, cancellationToken), cancellationToken);

    public ValueTask<PeerAnswer<ReceiptsResult>> GetReceiptsSinceAsync(
        GetReceiptsSinceRequest request, CancellationToken cancellationToken) =>
        CallAsync("Receipts", request, async () =>
        {
            var answer = await next.Transfers.GetReceiptsSinceAsync(caller, request, cancellationToken);

            // A line that is cut meanwhile takes the waiting long poll with it.
            if (Fault?.Invoke("Receipts") is not null) throw new IOException("the connection was closed");
            return Receipt is { } change && answer.Succeeded
                ? answer.Value with { Receipts = [.. answer.Value.Receipts.Select(change)] }
                : answer;
        }, cancellationToken);

    async ValueTask<PeerAnswer<T>> CallAsync<T>(
        string name, object request, Func<ValueTask<Outcome<T>>> call, CancellationToken cancellationToken)
        where T : class
    {
        if (name != "Receipts") Calls.Enqueue(name);
        if (Before is { } before) await before(name, request).WaitAsync(cancellationToken);
        var fault = Fault?.Invoke(name);
        if (fault is PeerFault.NotSent) return new() { Outcome = PeerOutcome.NotSent, Text = "connection refused" };
        if (fault is PeerFault.Refuse refuse)
            return new() { Outcome = PeerOutcome.Refused, Code = refuse.Code, Text = "told to refuse", RetryAfter = refuse.RetryAfter };
        var outcome = await call();
        if (fault is PeerFault.AnswerLost) return new() { Outcome = PeerOutcome.InDoubt, Text = "the connection was closed" };
        return outcome.Succeeded
            ? new() { Outcome = PeerOutcome.Answered, Value = outcome.Value }
            : new()
            {
                Outcome = PeerOutcome.Refused,
                Code = outcome.Refusal.Code,
                Text = outcome.Refusal.ToString(),
                OurFault = outcome.Refusal.Side == FaultSide.Sender,
                RetryAfter = outcome.Refusal.RetryAfter,
            };
    }
}

using System.Collections.Concurrent;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receiving;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;

namespace LinkGateway.Core.Tests.World;

/// <summary>A receiving system without a network, with the faults that a network and a stranger's software have.</summary>
sealed class DirectReceiver : IFileReceivers, IFileReceiver
{
    readonly ConcurrentDictionary<TransferReference, byte[]> _stored = [];
    readonly ConcurrentDictionary<int, byte[]> _parts = [];
    int _flying;

    /// <summary>Names of the calls made, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Whole files that were taken, in order, one that was taken twice included.</summary>
    public ConcurrentQueue<(TransferReference Id, byte[] Bytes)> Taken { get; } = [];

    /// <summary>Requests that brought a file, in order.</summary>
    public ConcurrentQueue<SubmitFileRequest> Submissions { get; } = [];

    /// <summary>Chunks that came whole, by index.</summary>
    public ConcurrentQueue<int> Chunks { get; } = [];

    /// <summary>The most chunks that were on their way at the same time.</summary>
    public int MostFlying { get; private set; }

    /// <summary>Whether it takes what it is sent again as another file.</summary>
    public bool Forgets { get; init; }

    /// <summary>What becomes of a call, decided when it is made; null: it goes through.</summary>
    public Func<string, PeerFault?>? Fault { get; set; }

    /// <summary>Changes an answer: the call, and what it would be.</summary>
    public Func<string, FileResult, FileResult>? Answer { get; set; }

    public IFileReceiver ReceiverOf(ReceiverDestination destination) => this;

    /// <summary>Has a file already.</summary>
    public void Put(TransferReference id, byte[] bytes) => _stored[id] = bytes;

    public ValueTask<PeerAnswer<FileResult>> SubmitFileAsync(
        SubmitFileRequest request, PayloadContent content, CancellationToken cancellationToken) =>
        CallAsync("Submit", async () =>
        {
            var bytes = await ReadAsync(content, cancellationToken);
            Submissions.Enqueue(request);
            Take(request.Transfer, bytes);
            return Known(request.Transfer);
        });

    public ValueTask<PeerAnswer<FileResult>> OpenTransferAsync(OpenTransferRequest request, CancellationToken cancellationToken) =>
        CallAsync("Open", () => Task.FromResult(Known(request.Transfer) with
        {
            Attempt = 7,
            Held = [.. _parts.Select(part => new ByteRange(part.Key * request.ChunkSize!.Value, part.Value.Length))],
        }));

    public async ValueTask<PeerAnswer<PutChunkResult>> PutChunkAsync(
        PutChunkRequest request, PayloadContent content, CancellationToken cancellationToken)
    {
        Assert.Equal(7, request.Attempt);
        MostFlying = Math.Max(MostFlying, Interlocked.Increment(ref _flying));
        try
        {
            return await CallAsync("Put", async () =>
            {
                var bytes = await ReadAsync(content, cancellationToken);
                Assert.Equal((request.Length, request.Sha256), (bytes.Length, Sha256Digest.Of(bytes)));
                Chunks.Enqueue(request.Index);
                _parts[request.Index] = bytes;
                return new PutChunkResult { Index = request.Index, AlreadyHeld = false };
            });
        }
        finally
        {
            Interlocked.Decrement(ref _flying);
        }
    }

    public ValueTask<PeerAnswer<FileResult>> CommitTransferAsync(CommitTransferRequest request, CancellationToken cancellationToken) =>
        CallAsync("Commit", () =>
        {
            byte[] bytes = [.. _parts.OrderBy(part => part.Key).SelectMany(part => part.Value)];
            Assert.Equal((request.Size, request.Sha256, 7), (bytes.Length, Sha256Digest.Of(bytes), request.Attempt));
            Take(request.Transfer, bytes);
            return Task.FromResult(Known(request.Transfer));
        });

    public ValueTask<PeerAnswer<FileResult>> GetTransferStatusAsync(
        GetTransferStatusRequest request, CancellationToken cancellationToken) =>
        CallAsync("Status", () => Task.FromResult(Known(request.Transfer)));

    void Take(TransferReference id, byte[] bytes)
    {
        if (!Forgets && _stored.ContainsKey(id)) return;
        _stored[id] = bytes;
        Taken.Enqueue((id, bytes));
    }

    FileResult Known(TransferReference id) => _stored.TryGetValue(id, out var bytes)
        ? new FileResult
        {
            Outcome = FileOutcome.Stored,
            Size = bytes.Length,
            Sha256 = Sha256Digest.Of(bytes),
            ReceiverReference = $"R-{id.TransferId}",
        }
        : new FileResult { Outcome = FileOutcome.Unknown };

    async ValueTask<PeerAnswer<T>> CallAsync<T>(string name, Func<Task<T>> call)
        where T : class
    {
        Calls.Enqueue(name);
        var fault = Fault?.Invoke(name);
        if (fault is PeerFault.NotSent) return new() { Outcome = PeerOutcome.NotSent, Text = "connection refused" };
        if (fault is PeerFault.Lost) return new() { Outcome = PeerOutcome.InDoubt, Text = "the connection was closed" };
        if (fault is PeerFault.Refuse refuse)
        {
            return new()
            {
                Outcome = PeerOutcome.Refused,
                Code = refuse.Code,
                Text = "told to refuse",
                OurFault = refuse.OurFault,
                RetryAfter = refuse.RetryAfter,
            };
        }

        var result = await call();
        if (fault is PeerFault.AnswerLost) return new() { Outcome = PeerOutcome.InDoubt, Text = "the connection was closed" };
        if (result is FileResult file && Answer is { } change) result = (T)(object)change(name, file);
        return new() { Outcome = PeerOutcome.Answered, Value = result };
    }

    // In odd pieces, as a network takes them.
    static async Task<byte[]> ReadAsync(PayloadContent content, CancellationToken cancellationToken)
    {
        var bytes = new byte[content.Length];
        var length = 0;
        while (true)
        {
            var read = await content.ReadAsync(length, bytes.AsMemory(length, Math.Min(10_007, bytes.Length - length)), cancellationToken);
            if (read == 0) break;
            length += read;
        }

        Assert.Equal(bytes.Length, length);
        return bytes;
    }
}

using LinkGateway.Client.Batch;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;

namespace LinkGateway.Client.Sending;

/// <summary>The calls of one upload, repeated as allowed, with the identity and the attempt that the gateway gave.</summary>
sealed class UploadSession(BatchClient client, Repeater repeater, TimeProvider time, Manifest manifest)
{
    // A gateway that is verifying a large file says when to ask again; these bound what it may say.
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    readonly long _began = time.GetTimestamp();

    /// <summary>Time since the session began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public TransferReference Reference { get; } = new() { Origin = manifest.Origin, TransferId = manifest.TransferId };

    public OpenTransferResult Opened { get; private set; } = null!;

    public async ValueTask<SendStop?> OpenAsync(long? chunkSize, CancellationToken cancellationToken)
    {
        var request = new OpenTransferRequest { Transfer = Reference, Manifest = manifest, ChunkSize = chunkSize };
        var answer = await repeater.CallAsync(ct => client.OpenTransferAsync(request, ct), cancellationToken);
        if (!answer.Answered) return SendStop.From(answer);
        Opened = answer.Value;
        return Opened.Receipt is null && Opened.ChunkSize <= 0
            ? new SendStop(SendEnd.Refused, $"The gateway answered OpenTransfer with chunk size {Opened.ChunkSize}.")
            : null;
    }

    /// <summary>Marks what the gateway holds, asking on where the list in the answer of OpenTransfer was cut.</summary>
    public async ValueTask<SendStop?> ReadHeldAsync(ChunkMap map, CancellationToken cancellationToken)
    {
        foreach (var range in Opened.Held) map.Hold(range);
        for (var from = Opened.HeldFrom; from is not null;)
        {
            var request = new GetTransferStatusRequest { Transfer = Reference, HeldFrom = from };
            var answer = await repeater.CallAsync(ct => client.GetTransferStatusAsync(request, ct), cancellationToken);
            if (!answer.Answered) return SendStop.From(answer);
            foreach (var range in answer.Value.Held) map.Hold(range);
            from = answer.Value.HeldFrom > from ? answer.Value.HeldFrom : null;
        }
        return null;
    }

    public PutChunkRequest Chunk(int index, long offset, long length, Sha256Digest digest) => new()
    {
        Transfer = Reference,
        Attempt = Opened.Attempt,
        Index = index,
        Offset = offset,
        Length = length,
        Sha256 = digest,
    };

    /// <summary>Commits and waits while the gateway verifies; answers with a receipt, or with what is missing.</summary>
    public async ValueTask<BatchAnswer<AcceptResult>> CommitAsync(long size, Sha256Digest digest, CancellationToken cancellationToken)
    {
        var request = new CommitTransferRequest
        {
            Transfer = Reference,
            Attempt = Opened.Attempt,
            Size = size,
            Sha256 = digest,
            RecordCount = manifest.RecordCount,
        };
        while (true)
        {
            var answer = await repeater.CallAsync(ct => client.CommitTransferAsync(request, ct), cancellationToken);
            if (answer.Value?.State != nameof(TransferState.Verifying)) return answer;
            var pause = TimeSpan.FromSeconds(answer.Value.RetryAfterSeconds ?? 1);
            await Task.Delay(pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause, time, cancellationToken);
        }
    }

    public ValueTask<BatchAnswer<PutChunkResult>> PutAsync(
        PutChunkRequest request, UploadContent content, CancellationToken cancellationToken) =>
        client.PutChunkAsync(request, content, cancellationToken);
}

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Payloads;

namespace LinkGateway.Core.Transfers;

/// <summary>Puts the chunks of one transfer into the store and the journal; compares those that are held already.</summary>
/// <remarks>
/// With <c>sealAtOnce</c> a full chunk is made durable as soon as its bytes are there (a whole file); else when
/// <see cref="SealAsync"/> is called.
/// </remarks>
sealed class ChunkTarget(
    CoreServices services, TransferRegistry registry, LiveTransfer live, TransferRecord record, bool sealAtOnce)
    : IIntakeTarget, IAsyncDisposable
{
    // The row is touched once for the first byte, then only as often as its expiry is worth a write.
    static readonly TimeSpan TouchInterval = TimeSpan.FromHours(1);

    readonly Dictionary<int, IChunkWriter> _writers = [];

    /// <summary>The highest chunk that ended.</summary>
    public ChunkRecord? Ended { get; private set; }

    public async ValueTask<IChunkWriter?> BeginChunkAsync(int index, CancellationToken cancellationToken)
    {
        live.FirstByteAt ??= services.Now;
        if (live.Chunks.TryGet(index, out _)) return null;
        var writer = await services.Payloads.OpenChunkAsync(record.PayloadId, index * record.ChunkSize, cancellationToken);
        lock (_writers) _writers.Add(index, writer);
        return writer;
    }

    public async ValueTask EndChunkAsync(int index, long length, Sha256Digest digest, CancellationToken cancellationToken)
    {
        live.LastByteAt = services.Now;
        if (live.Chunks.TryGet(index, out var held) && (held.Sha256 != digest || held.Length != length))
            throw new UploadException(new Refusal(ErrorCatalogue.ChunkDiffers, $"{index}"));
        var chunk = new ChunkRecord(index, length, digest);
        lock (_writers) Ended = Ended?.Index > index ? Ended : chunk;

        // A shorter chunk is the last of its file only when the message says so;
        // of one that was cut off, no later attempt could make it whole.
        if (sealAtOnce && length == record.ChunkSize) await SealAsync(chunk, cancellationToken);
    }

    /// <summary>Makes the chunk durable: bytes first, then its entry in the journal.</summary>
    public async ValueTask SealAsync(ChunkRecord chunk, CancellationToken cancellationToken)
    {
        IChunkWriter? writer;
        lock (_writers) _writers.Remove(chunk.Index, out writer);
        if (writer is null) return;
        await using (writer)
        {
            await writer.CompleteAsync(cancellationToken);
        }

        var batch = new JournalBatch();
        batch.Chunks.Add((record.PayloadId, chunk));
        await EnterAsync(chunk, batch, cancellationToken);
    }

    /// <summary>Makes a small chunk durable in the journal itself.</summary>
    public ValueTask SealInlineAsync(ChunkRecord chunk, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        batch.Chunks.Add((record.PayloadId, chunk));
        batch.InlinePayloads.Add((record.PayloadId, bytes));
        return EnterAsync(chunk, batch, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers.Values) await writer.DisposeAsync();
    }

    async ValueTask EnterAsync(ChunkRecord chunk, JournalBatch batch, CancellationToken cancellationToken)
    {
        await services.Journal.CommitAsync(batch, cancellationToken);
        live.Chunks.Add(chunk);
        services.Intake.Hold(live.Identity, chunk.Length);
        live.Changed.Pulse();
        var limits = services.Configuration.Current.Configuration.Limits;
        if (live.Record is { } row && (row.FirstByteAt is null || row.ExpiresAt < services.Now + limits.UploadExpiry - TouchInterval))
            await TouchAsync(limits.UploadExpiry, cancellationToken);
    }

    async ValueTask TouchAsync(TimeSpan expiry, CancellationToken cancellationToken)
    {
        using var scope = await registry.EnterAsync(live.Identity, cancellationToken);
        if (scope.Transfer != live || live.Record is not { } row || !live.IsUnfinished || row.PayloadId != record.PayloadId) return;
        var isFirst = row.FirstByteAt is null;
        var touched = row with { FirstByteAt = live.FirstByteAt, ExpiresAt = services.Now + expiry, Version = row.Version + 1 };
        var batch = new JournalBatch();
        batch.Transfers.Add(touched);
        if (isFirst) await WakePipelinesAsync(batch, cancellationToken);
        await live.CommitAsync(services.Journal, batch, touched, cancellationToken);
        if (isFirst) services.DeliveriesChanged.Pulse();
    }

    async ValueTask WakePipelinesAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        // A message goes on in one piece, when it is accepted; what is fetched, when it is confirmed where it comes from.
        if (record.Manifest.IsMessage() || record.AwaitsConfirmation) return;
        var destinations = services.Configuration.Current.Configuration.Destinations;
        foreach (var delivery in await services.Journal.DeliveriesAsync(live.Identity, cancellationToken))
        {
            if (delivery.PayloadId != record.PayloadId || delivery is not { State: DeliveryState.Waiting, NextAttemptAt: null }) continue;
            if (destinations.FirstOrDefault(candidate => candidate.Id == delivery.DestinationId) is not { } destination) continue;
            if (DeliveryPlan.MayPipeline(destination))
                batch.Deliveries.Add(delivery with { NextAttemptAt = services.Now, Version = delivery.Version + 1 });
        }
    }
}

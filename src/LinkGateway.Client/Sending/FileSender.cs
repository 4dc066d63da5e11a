using System.Security.Cryptography;
using System.Text.Json;
using LinkGateway.Client.Batch;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Sending;

/// <summary>
/// Sends a file, whole or what is missing of it, until the gateway's accepted receipt is there. Every step may be repeated, by itself or by
/// giving the same order again after a crash. Thread-safe.
/// </summary>
/// <param name="client">The gateway's batch service.</param>
/// <param name="options">Limits; the defaults where null.</param>
/// <param name="time">Clock for waiting; the system's where null.</param>
public sealed class FileSender(BatchClient client, FileSenderOptions? options = null, TimeProvider? time = null)
{
    readonly FileSenderOptions _options = options ?? new();
    readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Carries out an order.</summary>
    /// <param name="order">What to send.</param>
    /// <param name="progress">Told of what moves, from several threads, often; may be null.</param>
    /// <param name="cancellationToken">Stops the sending; it can be continued by the same order.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentException">The order names neither a file nor a pipe, or both.</exception>
    /// <exception cref="IOException">The file or its state file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, by missing rights.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<SendOutcome> SendAsync(SendOrder order, IProgress<SendProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.FilePath is null == order.Pipe is null)
            throw new ArgumentException("An order names either a file or a pipe.", nameof(order));
        var meter = new ProgressMeter(progress);
        return order.FilePath is { } path
            ? await SendFileAsync(order, path, meter, cancellationToken)
            : await SendPipeAsync(order, order.Pipe!, meter, cancellationToken);
    }

    /// <summary>Waits for the deliveries of a transfer that was accepted; asks at least once.</summary>
    /// <param name="order">What was sent.</param>
    /// <param name="accepted">How that ended: by acceptance.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="progress">Told of what moves; may be null.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>How the deliveries ended.</returns>
    public async ValueTask<SendOutcome> AwaitDeliveryAsync(
        SendOrder order, SendOutcome accepted, TimeSpan timeout, IProgress<SendProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(accepted);
        var meter = new ProgressMeter(progress);
        meter.Enter(SendPhase.Delivering);
        var repeater = new Repeater(_options.Retry, _time, meter.Trouble);
        var transfer = new TransferReference { Origin = order.Manifest.Origin, TransferId = accepted.TransferId };
        var watch = new DeliveryWatch(client, repeater, timeout, _options.MaxPollInterval, _time, transfer);
        var stop = await watch.RunAsync(cancellationToken);
        return accepted with
        {
            End = stop?.End ?? SendEnd.Delivered,
            Reason = stop?.Reason ?? "",
            Refusal = stop?.Refusal,
            Deliveries = watch.Deliveries,
            Receipts = await watch.ReceiptsAsync(cancellationToken),
        };
    }

    async ValueTask<SendOutcome> SendFileAsync(SendOrder order, string path, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var stamp = FileStamp.Of(path);
        meter.Total = stamp.Size;
        var manifest = order.Manifest with { Size = stamp.Size };
        SavedTransfer? saved = null;
        if (manifest.TransferId.Length == 0)
        {
            var (kept, stop) = Remember(order, path, stamp);
            if (stop is not null) return Outcome(kept?.TransferId ?? "", meter, stamp.Size, stop);
            saved = kept!;
            manifest = manifest with { TransferId = saved.TransferId };
        }

        var work = new Work(manifest, meter, new Repeater(_options.Retry, _time, meter.Trouble));
        // What a state file remembers is the file as it is now: then the earlier receipt needs no reading to be believed.
        var outcome = await UploadAsync(work, order.ChunkSize, UploadFileAsync, saved is null ? DigestFileAsync : null, cancellationToken);
        if (outcome is { End: SendEnd.Accepted, Accepted: { } receipt } && saved is { AcceptedAt: null })
            TransferStateFile.Write(TransferStateFile.PathFor(path), saved with { AcceptedAt = receipt.At });
        return await WaitAsync(order, work, outcome with { Size = stamp.Size }, cancellationToken);

        async ValueTask<(ReceiptEntry?, SendStop?)> UploadFileAsync(UploadSession session)
        {
            using var upload = new FileUpload(session, work.Repeater, meter, _options, path, stamp);
            return await upload.RunAsync(cancellationToken);
        }

        async ValueTask<Sha256Digest> DigestFileAsync()
        {
            await using var file = File.Open(path, new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
            });
            return await DigestAsync(file, cancellationToken);
        }
    }

    async ValueTask<SendOutcome> SendPipeAsync(SendOrder order, Stream pipe, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var manifest = order.Manifest;
        if (manifest.TransferId.Length == 0) manifest = manifest with { TransferId = Guid.CreateVersion7().ToString() };
        var work = new Work(manifest, meter, new Repeater(_options.Retry, _time, meter.Trouble));
        var size = 0L;
        var outcome = await UploadAsync(work, order.ChunkSize ?? _options.PipeChunkSize, UploadPipeAsync,
            () => DigestAsync(pipe, cancellationToken), cancellationToken);
        return await WaitAsync(order, work, outcome with { Size = outcome.Accepted?.Size ?? size }, cancellationToken);

        async ValueTask<(ReceiptEntry?, SendStop?)> UploadPipeAsync(UploadSession session)
        {
            using var upload = new PipeUpload(session, work.Repeater, meter, _options, pipe);
            var result = await upload.RunAsync(cancellationToken);
            size = upload.Size;
            return result;
        }
    }

    async ValueTask<SendOutcome> UploadAsync(
        Work work,
        long? chunkSize,
        Func<UploadSession, ValueTask<(ReceiptEntry?, SendStop?)>> upload,
        Func<ValueTask<Sha256Digest>>? digest,
        CancellationToken cancellationToken)
    {
        work.Meter.Enter(SendPhase.Opening);
        var session = new UploadSession(client, work.Repeater, _time, work.Manifest);
        var stop = await session.OpenAsync(chunkSize, cancellationToken);
        var receipt = stop is null ? session.Opened.Receipt : null;
        if (receipt is not null && digest is not null)
            stop = Compare(receipt, await digest());
        else if (stop is null && receipt is null)
            (receipt, stop) = await upload(session);
        if (stop is not null) receipt = null;
        return Outcome(work.Manifest.TransferId, work.Meter, 0, stop) with { Accepted = receipt };
    }

    // The id was chosen by hand and is taken: the gateway gives the earlier receipt without having seen what is to be sent now.
    static SendStop? Compare(ReceiptEntry accepted, Sha256Digest digest) => digest == accepted.Sha256 ? null : new SendStop(SendEnd.Refused,
        $"The gateway accepted {accepted.TransferId} before with other content, SHA-256 {accepted.Sha256} and not {digest}. "
        + "Send this content under an id of its own.");

    static async ValueTask<Sha256Digest> DigestAsync(Stream content, CancellationToken cancellationToken) =>
        new(await SHA256.HashDataAsync(content, cancellationToken));

    async ValueTask<SendOutcome> WaitAsync(SendOrder order, Work work, SendOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.End != SendEnd.Accepted || order.WaitFor == WaitFor.Accepted) return outcome;
        return await AwaitDeliveryAsync(order, outcome, _options.DeliveryTimeout, work.Meter.Target, cancellationToken);
    }

    (SavedTransfer? Saved, SendStop? Stop) Remember(SendOrder order, string path, FileStamp stamp)
    {
        var statePath = TransferStateFile.PathFor(path);
        try
        {
            var found = order.StartAnew ? null : TransferStateFile.Read(statePath);
            // A file that was accepted and then changed is the next one to send, such as a nightly export under a fixed name; and one that
            // stayed the same is sent again as a member of the next night's set.
            var isNext = found is { AcceptedAt: not null } && (found.Stamp != stamp || found.SetId != order.Manifest.SetId);
            var saved = isNext ? null : found;
            if (saved is null)
            {
                saved = SavedTransfer.New(client.Address, order.Manifest, stamp);
                if (!order.StartAnew && found is null)
                    return TransferStateFile.TryCreate(statePath, saved) ? (saved, null) : Remember(order, path, stamp);
                TransferStateFile.Write(statePath, saved);
                return (saved, null);
            }
            if (saved.DifferenceTo(client.Address, order.Manifest) is { } property)
                return (saved, new SendStop(SendEnd.StateConflict, property));
            var changed = $"The file changed since its transfer {saved.TransferId} was begun.";
            return (saved, saved.Stamp == stamp ? null : new SendStop(SendEnd.FileChanged, changed));
        }
        catch (JsonException e)
        {
            return (null, new SendStop(SendEnd.StateConflict, e.Message));
        }
    }

    static SendOutcome Outcome(string transferId, ProgressMeter meter, long size, SendStop? stop) => new()
    {
        End = stop?.End ?? SendEnd.Accepted,
        TransferId = transferId,
        Reason = stop?.Reason ?? "",
        Refusal = stop?.Refusal,
        Size = size,
        BytesSent = meter.Sent,
        BytesHeld = meter.HeldAtFirst ?? 0,
    };

    sealed record Work(Manifest Manifest, ProgressMeter Meter, Repeater Repeater);
}

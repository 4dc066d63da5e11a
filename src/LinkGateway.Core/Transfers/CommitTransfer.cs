using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;

namespace LinkGateway.Core.Transfers;

/// <summary>
/// CommitTransfer: repeatable; answers the receipt, what is missing, or <c>Verifying</c> while the whole is still being hashed.
/// </summary>
sealed class CommitTransfer(
    CoreServices services, TransferRegistry registry, AdmissionControl admission, Acceptance acceptance, EntryReceipts entryReceipts,
    PayloadAccess payloads)
{
    const int MaxRanges = 1000;

    // Most files are hashed while they come in; what is left at the commit is a few chunks. Longer than this the sender asks again.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A cautious rate at which the page cache is read and hashed, for the time after which to ask again.
    const long BytesPerSecond = 500L << 20;

    public async ValueTask<Outcome<AcceptResult>> RunAsync(
        string caller, CommitTransferRequest request, CancellationToken cancellationToken)
    {
        var identified = admission.Identify(caller, request.Transfer);
        if (!identified.Succeeded) return identified.Refusal;
        using var scope = await registry.EnterAsync(identified.Value, cancellationToken);
        var live = scope.Transfer;
        if (live.Record is not { } record)
            return new Refusal(ErrorCatalogue.TransferUnknown, identified.Value.Origin, identified.Value.TransferId);
        if (record.State == TransferState.Accepted) return await RepeatAsync(record, request, cancellationToken);
        if (!live.IsUnfinished)
            return new Refusal(ErrorCatalogue.WrongState, record.Identity.TransferId, record.State.ToString(), "CommitTransfer");
        if (request.Attempt != record.Attempt) return new Refusal(ErrorCatalogue.AttemptFenced, $"{request.Attempt}", $"{record.Attempt}");
        if (CheckDeclared(record, request) is { } mismatch) return mismatch;
        if (!live.Chunks.Fits(request.Size))
        {
            var misfit = new Refusal(ErrorCatalogue.SizeMismatch, $"{live.Chunks.Bytes}", $"{request.Size}");
            return await RefuseAsync(live, request, misfit, cancellationToken);
        }

        if (!live.Chunks.IsWhole(request.Size)) return WhatIsMissing(live, request.Size);
        return record.Identity.IsEntry
            ? await VerifyWholeAsync(live, request, cancellationToken)
            : await VerifyForwardAsync(live, request, cancellationToken);
    }

    Refusal? CheckDeclared(TransferRecord record, CommitTransferRequest request)
    {
        var maxChunks = services.Configuration.Current.Configuration.Limits.MaxChunks;
        if (request.Size < 0) return new Refusal(ErrorCatalogue.FieldInvalid, "size", "it is negative");
        if (request.Size > record.ChunkSize * maxChunks)
            return new Refusal(ErrorCatalogue.TooManyChunks, $"{maxChunks}", $"{record.ChunkSize}");
        if (record.Manifest.Size is { } size && size != request.Size)
            return new Refusal(ErrorCatalogue.SizeMismatch, $"{request.Size}", $"{size}");
        if (record.Manifest.Sha256 is { } digest && digest != request.Sha256)
            return new Refusal(ErrorCatalogue.FileDigestMismatch, $"{digest}");
        return record.Manifest.RecordCount is { } count && request.RecordCount is { } stated && count != stated
            ? new Refusal(ErrorCatalogue.FieldInvalid, "recordCount", $"the manifest says {count}")
            : null;
    }

    async ValueTask<Outcome<AcceptResult>> RepeatAsync(
        TransferRecord record, CommitTransferRequest request, CancellationToken cancellationToken)
    {
        if (record.Size != request.Size) return new Refusal(ErrorCatalogue.IdentityTaken, record.Identity.TransferId, "size");
        return record.Sha256 == request.Sha256
            ? await acceptance.RepeatAsync(record, cancellationToken)
            : new Refusal(ErrorCatalogue.IdentityTaken, record.Identity.TransferId, "sha256");
    }

    static AcceptResult WhatIsMissing(LiveTransfer live, long size)
    {
        var missing = live.Chunks.Missing(size, MaxRanges, out var next);
        return new AcceptResult { State = nameof(TransferState.Open), Missing = missing, MissingFrom = next };
    }

    async ValueTask<Outcome<AcceptResult>> VerifyForwardAsync(
        LiveTransfer live, CommitTransferRequest request, CancellationToken cancellationToken)
    {
        var facts = new PayloadFacts(request.Size, request.Sha256, live.Chunks.Root());
        if (entryReceipts.Check(live.Record!, facts, request.EntryReceiptDocument) is { } untrusted)
            return await RefuseAsync(live, request, untrusted, cancellationToken);
        return await acceptance.AcceptAsync(live, facts, request.RecordCount, request.EntryReceiptDocument, cancellationToken);
    }

    /// <summary>
    /// Refuses what does not become the file. Chunks of a forward may be left from an earlier upload under the same id that was given up
    /// before us: no repetition could make them the file that the entry gateway has accepted, so they go, and the next attempt begins anew.
    /// </summary>
    async ValueTask<Refusal> RefuseAsync(
        LiveTransfer live, CommitTransferRequest request, Refusal refusal, CancellationToken cancellationToken)
    {
        var record = live.Record!;
        if (!record.Identity.IsEntry && entryReceipts.IsOfFile(record, request.Size, request.Sha256, request.EntryReceiptDocument))
            await acceptance.EndAsync(live, TransferState.Rejected, refusal.Code, refusal.ToString(), cancellationToken);
        return refusal;
    }

    async ValueTask<Outcome<AcceptResult>> VerifyWholeAsync(
        LiveTransfer live, CommitTransferRequest request, CancellationToken cancellationToken)
    {
        if (await WholeDigestAsync(live, request.Size, cancellationToken) is not { } digest)
            return await KeepVerifyingAsync(live, request.Size, cancellationToken);
        if (digest == request.Sha256)
        {
            var facts = new PayloadFacts(request.Size, digest, live.Chunks.Root());
            return await acceptance.AcceptAsync(live, facts, request.RecordCount, entryReceipt: null, cancellationToken);
        }

        // Each chunk is what the sender declared it to be, but together they are not its file: nothing of it can be trusted.
        var mismatch = new Refusal(ErrorCatalogue.FileDigestMismatch, $"{request.Sha256}");
        await acceptance.EndAsync(live, TransferState.Rejected, mismatch.Code, mismatch.ToString(), cancellationToken);
        return mismatch;
    }

    async ValueTask<Sha256Digest?> WholeDigestAsync(LiveTransfer live, long size, CancellationToken cancellationToken)
    {
        if (size == 0) return Sha256Digest.Of([]);
        if (live.Chunks.End == 1 && live.Chunks.TryGet(0, out var only)) return only.Sha256;
        PrefixHasher hasher;
        lock (live) hasher = live.Hasher ??= new PrefixHasher(services, payloads, live);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeUp = services.Scheduler.DelayAsync(Patience, patience.Token);
        try
        {
            while (true)
            {
                var rested = hasher.Rested.Next;
                hasher.Follow();
                if (hasher.DigestOf(size) is { } digest) return digest;
                if (await Task.WhenAny(rested, timeUp) == timeUp || hasher.Failed) return hasher.DigestOf(size);
            }
        }
        finally
        {
            await patience.CancelAsync();
        }
    }

    async ValueTask<Outcome<AcceptResult>> KeepVerifyingAsync(LiveTransfer live, long size, CancellationToken cancellationToken)
    {
        var record = live.Record!;
        if (record.State == TransferState.Open)
        {
            var verifying = record with { State = TransferState.Verifying, Version = record.Version + 1 };
            var batch = new JournalBatch();
            batch.Move(record.State, verifying, services.Now);
            await live.CommitAsync(services.Journal, batch, verifying, cancellationToken);
        }

        var left = size - (live.Hasher?.Hashed ?? 0);
        return new AcceptResult
        {
            State = nameof(TransferState.Verifying),
            RetryAfterSeconds = (int)Math.Clamp(left / BytesPerSecond, 1, 600),
        };
    }
}

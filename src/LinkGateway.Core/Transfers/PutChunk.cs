using System.IO.Pipelines;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Payloads;

namespace LinkGateway.Core.Transfers;

/// <summary>PutChunk: one chunk, in parallel, in any order, repeatable; answered when it is durable.</summary>
sealed class PutChunk(
    CoreServices services, TransferRegistry registry, AdmissionControl admission, PayloadAccess payloads, UploadGate gate)
{
    public async ValueTask<Outcome<PutChunkResult>> RunAsync(
        string caller, PutChunkRequest request, IUploadBody body, CancellationToken cancellationToken)
    {
        var identified = admission.Identify(caller, request.Transfer);
        if (!identified.Succeeded) return identified.Refusal;
        var found = await FindAsync(identified.Value, request, cancellationToken);
        if (!found.Succeeded) return found.Refusal;
        var (live, record, attempt) = found.Value;
        var entered = gate.Enter(services.Configuration.Current.Configuration.Limits);
        if (!entered.Succeeded) return entered.Refusal;
        using var pass = entered.Value;
        using var lease = await attempt.EnterAsync(request.Index, cancellationToken);
        if (lease is null) return Fenced(request.Attempt, live.Record);
        try
        {
            if (await body.OpenAsync(lease.Token) is not { } source)
            {
                return request.File is { } reference
                    ? new Refusal(ErrorCatalogue.AttachmentMissing, reference)
                    : new Refusal(ErrorCatalogue.OneOfFileAndData, "0");
            }
            return await TakeInAsync(live, record, request, body, source, pass.Staged, lease.Token);
        }
        catch (UploadException e)
        {
            return e.Refusal;
        }
        catch (OperationCanceledException) when (lease.TakenOver)
        {
            return Fenced(request.Attempt, live.Record);
        }
    }

    async ValueTask<Outcome<OpenedTransfer>> FindAsync(
        TransferIdentity identity, PutChunkRequest request, CancellationToken cancellationToken)
    {
        using var scope = await registry.EnterAsync(identity, cancellationToken);
        var live = scope.Transfer;
        if (live.Record is not { } record) return new Refusal(ErrorCatalogue.TransferUnknown, identity.Origin, identity.TransferId);
        if (!live.IsUnfinished && record.State != TransferState.Accepted)
            return new Refusal(ErrorCatalogue.WrongState, identity.TransferId, record.State.ToString(), "PutChunk");
        if (record.State != TransferState.Accepted && request.Attempt != record.Attempt) return Fenced(request.Attempt, record);
        if (CheckPlace(request, record) is { } misplaced) return misplaced;
        if (record.State == TransferState.Accepted)
        {
            // A late repetition: it is compared like any held chunk, against the map in the journal.
            live.Chunks = new ChunkMap(record.ChunkSize, await services.Journal.ChunksAsync(record.PayloadId, cancellationToken));
            if (!live.Chunks.TryGet(request.Index, out _))
                return new Refusal(ErrorCatalogue.ChunkMisplaced, $"{request.Index}", "the file is shorter");
            live.Attempt = new UploadAttempt(record.Attempt);
        }

        if (live.Chunks.TryGet(request.Index, out var held) && (held.Sha256 != request.Sha256 || held.Length != request.Length))
            return new Refusal(ErrorCatalogue.ChunkDiffers, $"{request.Index}");
        return new OpenedTransfer(live, record, live.Attempt);
    }

    Refusal? CheckPlace(PutChunkRequest request, TransferRecord record)
    {
        var maxChunks = services.Configuration.Current.Configuration.Limits.MaxChunks;
        if (request.Index < 0) return Misplaced(request, "the index is negative");
        if (request.Index >= maxChunks) return new Refusal(ErrorCatalogue.TooManyChunks, $"{maxChunks}", $"{record.ChunkSize}");
        if (request.Offset != request.Index * record.ChunkSize)
            return Misplaced(request, $"the offset must be {request.Index * record.ChunkSize}");
        if (request.Length <= 0 || request.Length > record.ChunkSize)
            return Misplaced(request, $"the length must be from 1 to {record.ChunkSize}");
        if (record.Size is not { } size) return null;
        var expected = ChunkSizing.LengthOf(request.Index, record.ChunkSize, size);
        return request.Length == expected
            ? null
            : Misplaced(request, expected <= 0 ? "the file is shorter" : $"the length must be {expected}");
    }

    async ValueTask<Outcome<PutChunkResult>> TakeInAsync(
        LiveTransfer live, TransferRecord record, PutChunkRequest request, IUploadBody body, PipeReader source, bool staged,
        CancellationToken cancellationToken)
    {
        if (record is { Inline: true, State: not TransferState.Accepted } && !live.Chunks.TryGet(request.Index, out _))
            return await TakeInlineAsync(live, record, request, body, source, cancellationToken);
        var alreadyHeld = live.Chunks.TryGet(request.Index, out _);
        await using var target = new ChunkTarget(services, registry, live, record, sealAtOnce: false);
        await using var intake = new PayloadIntake(
            target, services.Scheduler, staged, request.Index, record.ChunkSize, hashWhole: false, cancellationToken);
        if (!await intake.AppendAllAsync(source, request.Length)) return Misplaced(request, "the attachment is longer than declared");
        await intake.CompleteAsync();
        if (await body.FinishAsync(cancellationToken) is { } broken) return broken;
        if (intake.Length < request.Length)
            return new Refusal(ErrorCatalogue.ChunkCutShort, $"{request.Index}", $"{intake.Length}", $"{request.Length}");
        var chunk = target.Ended!.Value;
        if (chunk.Sha256 != request.Sha256) return new Refusal(ErrorCatalogue.ChunkDigestMismatch, $"{request.Index}");
        await target.SealAsync(chunk, cancellationToken);
        if (record.Identity.IsEntry && live.IsUnfinished) HasherOf(live).Follow();
        return new PutChunkResult { Index = request.Index, AlreadyHeld = alreadyHeld };
    }

    async ValueTask<Outcome<PutChunkResult>> TakeInlineAsync(
        LiveTransfer live, TransferRecord record, PutChunkRequest request, IUploadBody body, PipeReader source,
        CancellationToken cancellationToken)
    {
        live.FirstByteAt ??= services.Now;
        var bytes = new byte[request.Length];
        var length = 0;
        while (true)
        {
            var read = await source.ReadAsync(cancellationToken);
            if (read.Buffer.Length > bytes.Length - length)
            {
                source.AdvanceTo(read.Buffer.End);
                return Misplaced(request, "the attachment is longer than declared");
            }

            foreach (var segment in read.Buffer)
            {
                segment.Span.CopyTo(bytes.AsSpan(length));
                length += segment.Length;
            }

            source.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        if (await body.FinishAsync(cancellationToken) is { } broken) return broken;
        if (length < bytes.Length) return new Refusal(ErrorCatalogue.ChunkCutShort, $"{request.Index}", $"{length}", $"{request.Length}");
        var chunk = new ChunkRecord(request.Index, length, Sha256Digest.Of(bytes));
        if (chunk.Sha256 != request.Sha256) return new Refusal(ErrorCatalogue.ChunkDigestMismatch, $"{request.Index}");
        live.LastByteAt = services.Now;
        await using var target = new ChunkTarget(services, registry, live, record, sealAtOnce: false);
        await target.SealInlineAsync(chunk, bytes, cancellationToken);
        return new PutChunkResult { Index = request.Index, AlreadyHeld = false };
    }

    PrefixHasher HasherOf(LiveTransfer live)
    {
        lock (live) return live.Hasher ??= new PrefixHasher(services, payloads, live);
    }

    static Refusal Fenced(int attempt, TransferRecord? record) =>
        new(ErrorCatalogue.AttemptFenced, $"{attempt}", $"{record?.Attempt}");

    static Refusal Misplaced(PutChunkRequest request, string why) => new(ErrorCatalogue.ChunkMisplaced, $"{request.Index}", why);
}

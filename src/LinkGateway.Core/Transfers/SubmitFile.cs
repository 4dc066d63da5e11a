using System.Buffers;
using System.IO.Pipelines;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Intake;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Payloads;
using LinkGateway.Core.Sets;

namespace LinkGateway.Core.Transfers;

/// <summary>SubmitFile: manifest and whole file in one message, taken in as a run of chunks (DESIGN section 4).</summary>
sealed class SubmitFile(
    CoreServices services, TransferRegistry registry, AdmissionControl admission, SetRules setRules, TransferOpening opening,
    Acceptance acceptance, EntryReceipts entryReceipts, UploadGate gate, IntakeGate intake)
{
    const string SentAgain = "sent again as a whole";

    public async ValueTask<Outcome<AcceptResult>> RunAsync(
        string caller, SubmitFileRequest request, IUploadBody body, CancellationToken cancellationToken)
    {
        var admitted = admission.Admit(caller, request.Transfer, request.Manifest, request.Hops);
        if (!admitted.Succeeded) return admitted.Refusal;
        return await setRules.CheckAsync(admitted.Value, cancellationToken) is { } misfit
            ? misfit
            : await RunAsync(admitted.Value, request, body, cancellationToken);
    }

    /// <summary>Takes in what was admitted.</summary>
    public async ValueTask<Outcome<AcceptResult>> RunAsync(
        Admission admitted, SubmitFileRequest request, IUploadBody body, CancellationToken cancellationToken)
    {
        if (!admitted.Identity.IsEntry && request.EntryReceiptDocument is null)
            return new Refusal(ErrorCatalogue.FieldMissing, "entryReceiptDocument");
        var held = await services.Journal.FindTransferAsync(admitted.Identity, cancellationToken);
        if (held is { AcceptedAt: not null } && await RepeatAsync(admitted, held, cancellationToken) is { } repeated) return repeated;
        var entered = gate.Enter(admitted.Limits);
        if (!entered.Succeeded) return entered.Refusal;
        using var pass = entered.Value;

        // One that was accepted before is only compared: it takes no room.
        if (held is not { AcceptedAt: not null } && intake.Enter(admitted, body.MaximumLength) is { } refused) return refused;
        try
        {
            if (await body.OpenAsync(cancellationToken) is { } source)
                return await TakeInAsync(admitted, request, body, source, pass, cancellationToken);
            return request.File is { } reference
                ? new Refusal(ErrorCatalogue.AttachmentMissing, reference)
                : new Refusal(ErrorCatalogue.FieldMissing, "file");
        }
        finally
        {
            // What broke off within its first chunks is open, and counts on; of what did not get so far nothing is left.
            if (registry.Find(admitted.Identity) is not { IsUnfinished: true }) services.Intake.Close(admitted.Identity);
        }
    }

    /// <summary>A file that is accepted already and whose digest the manifest binds need not be sent again.</summary>
    async ValueTask<Outcome<AcceptResult>?> RepeatAsync(Admission admitted, TransferRecord held, CancellationToken cancellationToken)
    {
        if (held.ManifestDigest != admitted.ManifestDigest) return TransferOpening.Taken(held, admitted);
        if (held.State != TransferState.Accepted)
            return new Refusal(ErrorCatalogue.WrongState, held.Identity.TransferId, held.State.ToString(), "SubmitFile");
        if (admitted.Sha256 != held.Sha256) return null;
        return await acceptance.RepeatAsync(held, cancellationToken);
    }

    async ValueTask<Outcome<AcceptResult>> TakeInAsync(
        Admission admitted, SubmitFileRequest request, IUploadBody body, PipeReader source, UploadGate.Pass pass,
        CancellationToken cancellationToken)
    {
        var firstByteAt = services.Now;
        var head = ArrayPool<byte>.Shared.Rent((int)admitted.Limits.InlinePayloadBytes + 1);
        try
        {
            var length = await FillAsync(source, head, (int)admitted.Limits.InlinePayloadBytes + 1, cancellationToken);
            if (length <= admitted.Limits.InlinePayloadBytes)
            {
                if (await body.FinishAsync(cancellationToken) is { } broken) return broken;
                return await AcceptSmallAsync(admitted, request, head.AsMemory(0, length), firstByteAt, cancellationToken);
            }

            return await AcceptLargeAsync(admitted, request, body, source, head.AsMemory(0, length), pass, cancellationToken);
        }
        catch (UploadException e)
        {
            return e.Refusal;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    async ValueTask<Outcome<AcceptResult>> AcceptSmallAsync(
        Admission admitted, SubmitFileRequest request, ReadOnlyMemory<byte> bytes, DateTimeOffset firstByteAt,
        CancellationToken cancellationToken)
    {
        var digest = Sha256Digest.Of(bytes.Span);
        if (CheckDeclared(admitted, bytes.Length, digest) is { } mismatch) return mismatch;
        using var scope = await registry.EnterAsync(admitted.Identity, cancellationToken);
        var live = scope.Transfer;
        var ended = live.Record;
        if (ended is { AcceptedAt: not null }) return await CompareAsync(ended, digest, cancellationToken);
        if (live.IsUnfinished)
        {
            // The same file once begun in chunks: what was held of it gives way to the whole that is here.
            if (!admitted.Manifest.IsMessage() && ended!.ManifestDigest != admitted.ManifestDigest)
                return TransferOpening.Taken(ended, admitted);
            await acceptance.EndAsync(live, TransferState.Cancelled, "", SentAgain, cancellationToken);
            ended = live.Record;
        }

        if (ended is null && await opening.RefuseCopyAsync(admitted.Identity, cancellationToken) is { } made) return made;

        // A proposal smaller than the file would only cut into chunks what is already here; a forward must keep its size.
        var proposal = admitted.Identity.IsEntry && request.ChunkSize is > 0 and { } wish
            ? Math.Max(wish, bytes.Length)
            : request.ChunkSize;
        var drafted = opening.Draft(admitted, ended, proposal, bytes.Length);
        if (!drafted.Succeeded) return drafted.Refusal;
        var root = bytes.Length == 0 ? Sha256Digest.Of([]) : Sha256Digest.Of(digest.ToArray());
        var facts = new PayloadFacts(bytes.Length, digest, root);
        if (bytes.Length > drafted.Value.ChunkSize)
            return new Refusal(ErrorCatalogue.FieldInvalid, "chunkSize", "it is smaller than this small file");
        if (!admitted.Identity.IsEntry
            && entryReceipts.Check(drafted.Value, facts, request.EntryReceiptDocument) is { } untrusted) return untrusted;
        (live.FirstByteAt, live.LastByteAt) = (firstByteAt, services.Now);
        return await acceptance.AcceptSmallAsync(
            live, ended?.State, drafted.Value, admitted, facts, bytes.ToArray(), request.EntryReceiptDocument, cancellationToken);
    }

    async ValueTask<Outcome<AcceptResult>> AcceptLargeAsync(
        Admission admitted, SubmitFileRequest request, IUploadBody body, PipeReader source, ReadOnlyMemory<byte> head, UploadGate.Pass pass,
        CancellationToken cancellationToken)
    {
        if (admitted.Manifest.IsMessage()) await GiveWayAsync(admitted.Identity, cancellationToken);
        var opened = await opening.OpenAsync(admitted, request.ChunkSize, body.MaximumLength, cancellationToken);
        if (!opened.Succeeded) return opened.Refusal;
        var (live, record, attempt) = opened.Value;
        if (record.State == TransferState.Accepted)
            return await CompareLargeAsync(admitted, record, body, source, head, pass, cancellationToken);
        if (record.Inline)
            return new Refusal(ErrorCatalogue.SizeMismatch, $"more than {admitted.Limits.InlinePayloadBytes}", $"{record.Size}");
        var taken = await WriteAsync(live, record, attempt, body, source, head, pass.Staged, cancellationToken);
        return taken.Succeeded ? await FinishAsync(admitted, request, record, taken.Value, cancellationToken) : taken.Refusal;
    }

    /// <summary>
    /// A message always comes as a whole, and a toolkit that repeats one may write other boundaries: what was begun of it is of no use.
    /// </summary>
    async ValueTask GiveWayAsync(TransferIdentity identity, CancellationToken cancellationToken)
    {
        using var scope = await registry.EnterAsync(identity, cancellationToken);
        if (scope.Transfer.IsUnfinished)
            await acceptance.EndAsync(scope.Transfer, TransferState.Cancelled, "", SentAgain, cancellationToken);
    }

    /// <summary>
    /// Takes the bytes in under the attempt. The lease ends here: whoever decides about the transfer waits for those who write to it.
    /// </summary>
    async ValueTask<Outcome<IntakeResult>> WriteAsync(
        LiveTransfer live, TransferRecord record, UploadAttempt attempt, IUploadBody body, PipeReader source, ReadOnlyMemory<byte> head,
        bool staged, CancellationToken cancellationToken)
    {
        using var lease = await attempt.EnterAsync(chunk: null, cancellationToken);
        if (lease is null) return new Refusal(ErrorCatalogue.AttemptFenced, $"{attempt.Number}", $"{live.Record?.Attempt}");
        try
        {
            return await StreamAsync(live, record, body, source, head, staged, lease.Token);
        }
        catch (OperationCanceledException) when (lease.TakenOver)
        {
            return new Refusal(ErrorCatalogue.AttemptFenced, $"{attempt.Number}", $"{attempt.Number + 1}");
        }
    }

    async ValueTask<Outcome<IntakeResult>> StreamAsync(
        LiveTransfer live, TransferRecord record, IUploadBody body, PipeReader source, ReadOnlyMemory<byte> head, bool staged,
        CancellationToken cancellationToken)
    {
        var limits = services.Configuration.Current.Configuration.Limits;
        await using var target = new ChunkTarget(services, registry, live, record, sealAtOnce: true);
        await using var intake = new PayloadIntake(
            target, services.Scheduler, staged, firstIndex: 0, record.ChunkSize, hashWhole: true, cancellationToken);
        await intake.AppendAsync(head);
        var limit = record.Size ?? record.ChunkSize * limits.MaxChunks;
        if (!await intake.AppendAllAsync(source, limit))
        {
            return record.Size is { } declared
                ? new Refusal(ErrorCatalogue.SizeMismatch, $"more than {declared}", $"{declared}")
                : new Refusal(ErrorCatalogue.TooManyChunks, $"{limits.MaxChunks}", $"{record.ChunkSize}");
        }

        var taken = await intake.CompleteAsync();
        if (await body.FinishAsync(cancellationToken) is { } broken) return broken;
        if (target.Ended is { } last) await target.SealAsync(last, cancellationToken);
        return taken;
    }

    async ValueTask<Outcome<AcceptResult>> FinishAsync(
        Admission admitted, SubmitFileRequest request, TransferRecord record, IntakeResult taken, CancellationToken cancellationToken)
    {
        using var scope = await registry.EnterAsync(record.Identity, cancellationToken);
        var live = scope.Transfer;
        if (live.Record is not { } now || !live.IsUnfinished || now.Attempt != record.Attempt)
            return new Refusal(ErrorCatalogue.AttemptFenced, $"{record.Attempt}", $"{live.Record?.Attempt}");
        if (CheckDeclared(admitted, taken.Length, taken.Sha256!.Value) is { } mismatch)
        {
            await acceptance.EndAsync(live, TransferState.Rejected, mismatch.Code, mismatch.ToString(), cancellationToken);
            return mismatch;
        }

        if (!live.Chunks.IsWhole(taken.Length)) return new Refusal(ErrorCatalogue.SizeMismatch, $"{taken.Length}", $"{live.Chunks.Bytes}");
        var facts = new PayloadFacts(taken.Length, taken.Sha256.Value, live.Chunks.Root());
        if (!record.Identity.IsEntry && entryReceipts.Check(now, facts, request.EntryReceiptDocument) is { } untrusted) return untrusted;
        return await acceptance.AcceptAsync(live, facts, recordCount: null, request.EntryReceiptDocument, cancellationToken);
    }

    async ValueTask<Outcome<AcceptResult>> CompareLargeAsync(
        Admission admitted, TransferRecord accepted, IUploadBody body, PipeReader source, ReadOnlyMemory<byte> head, UploadGate.Pass pass,
        CancellationToken cancellationToken)
    {
        await using var intake = new PayloadIntake(
            new NoTarget(), services.Scheduler, pass.Staged, 0, accepted.ChunkSize, hashWhole: true, cancellationToken);
        await intake.AppendAsync(head);
        if (!await intake.AppendAllAsync(source, accepted.Size!.Value))
            return new Refusal(ErrorCatalogue.IdentityTaken, accepted.Identity.TransferId, "size");
        var taken = await intake.CompleteAsync();
        if (await body.FinishAsync(cancellationToken) is { } broken) return broken;
        // Bytes that are not what their own manifest states were damaged on the way: that is no other file under a taken id.
        if (CheckDeclared(admitted, taken.Length, taken.Sha256!.Value) is { } mismatch) return mismatch;
        return await CompareAsync(accepted, taken.Sha256!.Value, cancellationToken);
    }

    async ValueTask<Outcome<AcceptResult>> CompareAsync(
        TransferRecord accepted, Sha256Digest digest, CancellationToken cancellationToken) =>
        accepted.Sha256 == digest
            ? await acceptance.RepeatAsync(accepted, cancellationToken)
            : new Refusal(ErrorCatalogue.IdentityTaken, accepted.Identity.TransferId, "sha256");

    static Refusal? CheckDeclared(Admission admitted, long size, Sha256Digest digest)
    {
        if (admitted.Size is { } declared && declared != size)
            return new Refusal(ErrorCatalogue.SizeMismatch, $"{size}", $"{declared}");
        return admitted.Sha256 is { } expected && expected != digest
            ? new Refusal(ErrorCatalogue.FileDigestMismatch, $"{expected}")
            : null;
    }

    static async ValueTask<int> FillAsync(PipeReader source, byte[] head, int wanted, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var read = await source.ReadAsync(cancellationToken);
            var taken = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, wanted - length));
            taken.CopyTo(head.AsSpan(length));
            length += (int)taken.Length;
            source.AdvanceTo(taken.End);
            if (length == wanted || (read.IsCompleted && taken.Length == read.Buffer.Length)) return length;
        }
    }

    sealed class NoTarget : IIntakeTarget
    {
        public ValueTask<IChunkWriter?> BeginChunkAsync(int index, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IChunkWriter?>(null);

        public ValueTask EndChunkAsync(int index, long length, Sha256Digest digest, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;
    }
}

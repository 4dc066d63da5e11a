using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Files;
using LinkGateway.Core.Intake;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Replay;

namespace LinkGateway.Core.Transfers;

/// <summary>Opens a transfer, or takes over one that broke off: a new attempt that fences the older ones.</summary>
sealed class TransferOpening(CoreServices services, TransferRegistry registry, IntakeGate intake)
{
    /// <summary>Opens it, durably.</summary>
    /// <param name="admission">The transfer, admitted.</param>
    /// <param name="proposal">Chunk size: the sender's proposal, or what a forward must keep.</param>
    /// <param name="sizeBound">An upper bound of the size when the manifest does not state it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<Outcome<OpenedTransfer>> OpenAsync(
        Admission admission, long? proposal, long? sizeBound, CancellationToken cancellationToken)
    {
        using var scope = await registry.EnterAsync(admission.Identity, cancellationToken);
        var live = scope.Transfer;
        return live.Record switch
        {
            null => await CreateAsync(live, null, admission, proposal, sizeBound, cancellationToken),
            { AcceptedAt: null, State: TransferState.Rejected or TransferState.Cancelled or TransferState.Expired } ended =>
                await CreateAsync(live, ended, admission, proposal, sizeBound, cancellationToken),

            // Fetched and given up because the lease was lost, before it was confirmed: offered again, it is taken in again.
            { State: TransferState.Cancelled, FetchedDelivery: not null, FetchedLease: null } lost =>
                await CreateAsync(live, lost, admission, proposal, sizeBound, cancellationToken),
            var held when held.ManifestDigest != admission.ManifestDigest => Taken(held, admission),
            { State: TransferState.Accepted } accepted => new OpenedTransfer(live, accepted, live.Attempt),
            { State: TransferState.Open or TransferState.Verifying } => await TakeOverAsync(live, admission, cancellationToken),
            var withdrawn => new Refusal(
                ErrorCatalogue.WrongState, withdrawn.Identity.TransferId, withdrawn.State.ToString(), "OpenTransfer"),
        };
    }

    /// <summary>A row for a transfer that is about to be opened, not yet in the journal.</summary>
    public Outcome<TransferRecord> Draft(Admission admission, TransferRecord? ended, long? proposal, long? sizeBound)
    {
        var limits = admission.Limits;
        var size = admission.Size;
        var chunkSize = admission.Identity.IsEntry
            ? ChunkSizing.Choose(proposal, size ?? sizeBound, limits)
            : ChunkSizing.Keep(proposal, limits);
        if (!chunkSize.Succeeded) return chunkSize.Refusal;
        if (size > chunkSize.Value * limits.MaxChunks)
            return new Refusal(ErrorCatalogue.TooManyChunks, $"{limits.MaxChunks}", $"{chunkSize.Value}");
        var now = services.Now;
        return new TransferRecord
        {
            Identity = admission.Identity,
            SubmittedBy = admission.SubmittedBy,
            Manifest = admission.Manifest,
            ManifestDigest = admission.ManifestDigest,
            State = TransferState.Open,
            Attempt = (ended?.Attempt ?? 0) + 1,
            PayloadId = services.Random.NextId(),
            Inline = size <= limits.InlinePayloadBytes && size <= chunkSize.Value,
            ChunkSize = chunkSize.Value,
            Hops = admission.Hops,
            Size = size,
            RecordCount = admission.Manifest.RecordCount,
            FetchedDelivery = admission.FetchedDelivery,
            FetchedLease = admission.FetchedLease,
            AwaitsConfirmation = admission.FetchedDelivery is not null,
            CreatedAt = now,
            ExpiresAt = now + limits.UploadExpiry,
            Version = (ended?.Version ?? 0) + 1,
        };
    }

    /// <summary>
    /// Refuses a copy whose number an operator here has given to another one: each number is delivered once. The caller holds the decision.
    /// </summary>
    public async ValueTask<Refusal?> RefuseCopyAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        await ReplayNumbers.IsTakenAsync(services.Journal, identity, cancellationToken)
            ? new Refusal(ErrorCatalogue.ReplayTaken, identity.TransferId, $"{identity.Replay}")
            : null;

    /// <summary>The refusal of another file under an id that is taken.</summary>
    public static Refusal Taken(TransferRecord held, Admission sent) => new(
        ErrorCatalogue.IdentityTaken, held.Identity.TransferId, ManifestComparison.FirstDifference(held.Manifest, sent.Manifest));

    async ValueTask<Outcome<OpenedTransfer>> CreateAsync(
        LiveTransfer live, TransferRecord? ended, Admission admission, long? proposal, long? sizeBound, CancellationToken cancellationToken)
    {
        if (await RefuseCopyAsync(admission.Identity, cancellationToken) is { } made) return made;
        var drafted = Draft(admission, ended, proposal, sizeBound);
        if (!drafted.Succeeded) return drafted.Refusal;
        var draft = drafted.Value;
        if (intake.Enter(admission, sizeBound) is { } refused) return refused;

        // Bytes before names in the journal: a payload that no row names is a stray.
        if (!draft.Inline) await services.Payloads.CreateAsync(draft.PayloadId, draft.Size, cancellationToken);
        var batch = new JournalBatch();
        if (ended is null) batch.Begin(draft, draft.CreatedAt);
        else batch.Move(ended.State, draft, draft.CreatedAt, $"attempt {draft.Attempt}");
        foreach (var delivery in DeliveryPlan.For(draft, admission.Routes, services.Random, draft.CreatedAt, dueAt: null))
            batch.Begin(delivery);
        (live.Chunks, live.Attempt, live.Hasher, live.FirstByteAt) =
            (new ChunkMap(draft.ChunkSize, []), new UploadAttempt(draft.Attempt), null, null);
        try
        {
            await live.CommitAsync(services.Journal, batch, draft, cancellationToken);
        }
        catch (Exception e) when (!draft.Inline
            && (e is JournalConflictException || e is StorageException { Failure: StorageFailure.Full }))
        {
            // Certainly not entered: what was reserved for a file that is asked for again and again must not fill the disk.
            await services.Payloads.DeleteAsync(draft.PayloadId, CancellationToken.None);
            throw;
        }

        return new OpenedTransfer(live, draft, live.Attempt);
    }

    async ValueTask<Outcome<OpenedTransfer>> TakeOverAsync(
        LiveTransfer live, Admission admission, CancellationToken cancellationToken)
    {
        await live.Attempt.FenceAsync();
        var record = live.Record!;
        var next = record with
        {
            Attempt = record.Attempt + 1,

            // Whoever brings it now gets its receipts; a gateway that began it and lost it asks for them.
            SubmittedBy = admission.SubmittedBy,
            FetchedDelivery = admission.FetchedDelivery,
            FetchedLease = admission.FetchedLease,
            AwaitsConfirmation = admission.FetchedDelivery is not null,
            ExpiresAt = services.Now + services.Configuration.Current.Configuration.Limits.UploadExpiry,
            Version = record.Version + 1,
        };
        var batch = new JournalBatch();
        batch.Transfers.Add(next);
        batch.Events.Add(new JournalEvent(
            services.Now, next.Identity, null, next.State.ToString(), next.State.ToString(), $"attempt {next.Attempt} takes over"));
        await live.CommitAsync(services.Journal, batch, next, cancellationToken);
        services.Intake.TakeOver(next.Identity, next.SubmittedBy);
        live.Attempt = new UploadAttempt(next.Attempt);
        return new OpenedTransfer(live, next, live.Attempt);
    }
}

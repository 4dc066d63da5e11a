using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Pull;

/// <summary>
/// One file on its way from the other gateway's inbox into this gateway, under its original identity and by the same checks as a forward
/// that is pushed. Every step can be repeated: what is held here is not fetched again, and the lease stands in the transfer's row.
/// </summary>
sealed class PulledFile(
    CoreServices services, TransferService transfers, PullSettings settings, IInboxPeer peer, PullConfirmation confirmation, InboxItem item)
{
    readonly TransferReference _reference = new()
    {
        Origin = item.Origin,
        TransferId = item.TransferId,
        Receiver = item.Receiver,
        Replay = item.Replay,
    };

    string? _lease;

    TransferIdentity Identity => new(item.Origin, item.TransferId, item.Receiver, item.Replay);

    /// <summary>Takes it in and confirms it there.</summary>
    /// <returns>Null when that is done; else why not (yet).</returns>
    public async ValueTask<string?> RunAsync(CancellationToken cancellationToken)
    {
        var known = await services.Journal.FindTransferAsync(Identity, cancellationToken);
        if (known is { State: TransferState.Accepted }) return await ConfirmAsync(known, cancellationToken);
        _lease = known?.FetchedDelivery == item.DeliveryId ? known.FetchedLease : null;
        if (_lease is null && item.LeaseUntil > services.Now) return $"another fetches it until {item.LeaseUntil:O}";
        var request = new OpenTransferRequest
        {
            Transfer = _reference,
            Manifest = item.Manifest,
            Hops = [.. item.Hops, settings.Gateway],
            ChunkSize = item.ChunkSize,
        };
        var opened = await transfers.OpenFetchedAsync(settings.Gateway, request, item.DeliveryId, _lease, cancellationToken);
        if (!opened.Succeeded) return $"{opened.Refusal}";
        var attempt = opened.Value.Attempt;
        return await FetchAsync(attempt, cancellationToken) ?? await CommitAsync(attempt, cancellationToken);
    }

    async ValueTask<string?> FetchAsync(int attempt, CancellationToken cancellationToken)
    {
        var row = await services.Journal.FindTransferAsync(Identity, cancellationToken);
        var held = (await services.Journal.ChunksAsync(row!.PayloadId, cancellationToken)).Select(chunk => chunk.Index).ToHashSet();
        var count = (int)((item.Size + item.ChunkSize - 1) / item.ChunkSize);
        var missing = new Queue<int>(Enumerable.Range(0, count).Where(index => !held.Contains(index)));
        if (_lease is null)
        {
            // The first fetch takes the lease, under which the others go beside each other.
            int? first = missing.TryDequeue(out var index) ? index : null;
            if (await FetchChunkAsync(first, attempt, cancellationToken) is { } trouble) return trouble;
        }

        List<Task<string?>> flights = [];
        string? failed = null;
        while (flights.Count > 0 || (failed is null && missing.Count > 0))
        {
            while (failed is null && flights.Count < settings.ChunksInFlight && missing.TryDequeue(out var next))
                flights.Add(FetchChunkAsync(next, attempt, cancellationToken).AsTask());
            var landed = await Task.WhenAny(flights);
            flights.Remove(landed);
            failed ??= await landed;
        }

        return failed;
    }

    /// <summary>Fetches a chunk and puts it into the store; with null only the lease is asked for.</summary>
    async ValueTask<string?> FetchChunkAsync(int? index, int attempt, CancellationToken cancellationToken)
    {
        var offset = (index ?? 0) * item.ChunkSize;
        var request = new FetchChunkRequest
        {
            DeliveryId = item.DeliveryId,
            Lease = _lease,
            Offset = offset,
            Length = Math.Min(item.ChunkSize, item.Size - offset),
        };
        var answer = await peer.FetchChunkAsync(request, cancellationToken);
        if (!answer.Answered)
        {
            // Another has it by now, or will: the next round asks for a lease like everybody.
            if (answer.Code == ErrorCatalogue.LeaseLost.Code) await NoteLeaseAsync(null, cancellationToken);
            return $"{answer.Outcome}: {answer.Code} {answer.Text}";
        }

        await using var content = answer.Value;
        if (content.Result.Lease != _lease) await NoteLeaseAsync(content.Result.Lease, cancellationToken);
        if (index is null) return null;
        var put = new PutChunkRequest
        {
            Transfer = _reference,
            Attempt = attempt,
            Index = index.Value,
            Offset = offset,
            Length = request.Length,
            Sha256 = content.Result.Sha256,
            File = content.Result.File ?? "",
        };
        var taken = await transfers.PutChunkAsync(settings.Gateway, put, new FetchedBody(content), cancellationToken);
        return taken.Succeeded ? null : $"{taken.Refusal}";
    }

    async ValueTask NoteLeaseAsync(string? lease, CancellationToken cancellationToken)
    {
        using var scope = await transfers.Registry.EnterAsync(Identity, cancellationToken);
        _lease = lease;
        if (scope.Transfer is not { IsUnfinished: true, Record: { } row }) return;
        var noted = row with { FetchedLease = lease, Version = row.Version + 1 };
        var batch = new JournalBatch();
        batch.Transfers.Add(noted);
        await scope.Transfer.CommitAsync(services.Journal, batch, noted, cancellationToken);
    }

    async ValueTask<string?> CommitAsync(int attempt, CancellationToken cancellationToken)
    {
        var request = new CommitTransferRequest
        {
            Transfer = _reference,
            Attempt = attempt,
            Size = item.Size,
            Sha256 = item.Sha256,
            RecordCount = services.Verifier.Verify(item.AcceptedReceiptDocument, out _)?.RecordCount,
            EntryReceiptDocument = item.AcceptedReceiptDocument,
        };
        var committed = await transfers.CommitTransferAsync(settings.Gateway, request, cancellationToken);
        if (!committed.Succeeded) return $"{committed.Refusal}";
        if (committed.Value.State != nameof(TransferState.Accepted)) return "not all chunks are here yet";
        return await services.Journal.FindTransferAsync(Identity, cancellationToken) is { } accepted
            ? (await confirmation.AcceptedAsync(accepted, cancellationToken))?.Text
            : null;
    }

    /// <summary>Confirms what was accepted here before: by an earlier round, or because it had come by another way.</summary>
    async ValueTask<string?> ConfirmAsync(TransferRecord accepted, CancellationToken cancellationToken)
    {
        var isNoted = accepted.FetchedDelivery == item.DeliveryId;
        if (isNoted && accepted.AwaitsConfirmation)
            return (await confirmation.AcceptedAsync(accepted, cancellationToken))?.Text;
        var lease = isNoted ? accepted.FetchedLease : null;
        if (lease is null)
        {
            if (item.LeaseUntil > services.Now) return $"another fetches it until {item.LeaseUntil:O}";
            var request = new FetchChunkRequest { DeliveryId = item.DeliveryId, Offset = 0, Length = Math.Min(item.ChunkSize, item.Size) };
            var fetched = await peer.FetchChunkAsync(request, cancellationToken);
            if (!fetched.Answered) return $"{fetched.Outcome}: {fetched.Code} {fetched.Text}";
            await fetched.Value.DisposeAsync();
            lease = fetched.Value.Result.Lease;

            // Before the receipts are read: those that come later are handed back one by one (ReceiptReturn).
            await confirmation.NoteAsync(Identity, item.DeliveryId, lease, cancellationToken);
        }

        // Copies that were ordered here were not fetched from there.
        var receipts = (await services.Journal.ReceiptsAsync(Identity, cancellationToken))
            .Where(receipt => receipt.Content.Replay == Identity.Replay);
        var confirmed = await peer.ConfirmReceiptAsync(
            new ConfirmReceiptRequest
            {
                DeliveryId = item.DeliveryId,
                Lease = lease,
                Stage = ConfirmStages.Stored,
                ReceiptDocuments = [.. receipts.Select(receipt => receipt.Document.ToArray())],
            },
            cancellationToken);
        if (confirmed.Answered) return null;
        if (confirmed.Code == ErrorCatalogue.LeaseLost.Code)
            await confirmation.NoteAsync(Identity, item.DeliveryId, null, cancellationToken);
        return $"{confirmed.Outcome}: {confirmed.Code} {confirmed.Text}";
    }
}

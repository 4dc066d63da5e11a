using System.Globalization;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Receipts;

namespace LinkGateway.Core.Transfers;

/// <summary>What participants may ask: states and receipts of what is their own.</summary>
sealed class TransferQueries(CoreServices services, TransferRegistry registry)
{
    const int MaxRanges = 1000;
    const int MaxReceipts = 1000;
    const int MaxWaitSeconds = 30;

    public async ValueTask<Outcome<TransferStatusResult>> StatusAsync(
        string caller, GetTransferStatusRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, request.Transfer, cancellationToken);
        if (!found.Succeeded) return found.Refusal;
        var record = found.Value.Record;
        var chunks = registry.Find(record.Identity) is { IsUnfinished: true } live && live.Record?.PayloadId == record.PayloadId
            ? live.Chunks
            : new ChunkMap(record.ChunkSize, await services.Journal.ChunksAsync(record.PayloadId, cancellationToken));
        var held = chunks.Held(Math.Max(0, request.HeldFrom ?? 0), MaxRanges, out var next);
        var deliveries = await services.Journal.DeliveriesAsync(record.Identity, cancellationToken);
        return new TransferStatusResult
        {
            State = record.State.ToString(),
            Attempt = record.Attempt,
            ChunkSize = record.ChunkSize,
            Size = record.Size,
            Held = held,
            HeldFrom = next,
            ExpiresAt = record.State is TransferState.Open or TransferState.Verifying ? record.ExpiresAt : null,
            ReasonCode = record.ReasonCode,
            ReasonText = record.ReasonText,
            Deliveries =
            [
                .. deliveries
                    .Where(delivery => delivery.PayloadId == record.PayloadId && found.Value.Shows(delivery.Receiver))
                    .Select(Status),
            ],
        };
    }

    public async ValueTask<Outcome<ReceiptsResult>> ReceiptsAsync(
        string caller, GetReceiptsRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, request.Transfer, cancellationToken);
        if (!found.Succeeded) return found.Refusal;
        var receipts = await services.Journal.ReceiptsAsync(found.Value.Record.Identity, cancellationToken);
        var shown = receipts.Where(receipt => receipt.DeliveryId is null || found.Value.Shows(receipt.Content.Receiver));
        return new ReceiptsResult { Receipts = [.. shown.Select(receipt => receipt.ToEntry())] };
    }

    public async ValueTask<Outcome<ReceiptsResult>> ReceiptsSinceAsync(
        string caller, GetReceiptsSinceRequest request, CancellationToken cancellationToken)
    {
        long after = 0;
        if (request.Cursor is { Length: > 0 } cursor
            && (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after)))
            return new Refusal(ErrorCatalogue.FieldInvalid, "cursor", "it is none of this gateway's");
        var max = Math.Clamp(request.Max ?? 100, 1, MaxReceipts);
        var wait = TimeSpan.FromSeconds(Math.Clamp(request.WaitSeconds ?? 0, 0, MaxWaitSeconds));
        var receipts = await WaitForReceiptsAsync(caller, after, max, wait, cancellationToken);
        var page = AnswerPage.Cut(receipts, receipt => receipt.Document.Length);
        return new ReceiptsResult
        {
            Receipts = [.. page.Select(receipt => receipt.ToEntry())],
            Cursor = (page.Count > 0 ? page[^1].Sequence : after).ToString(CultureInfo.InvariantCulture),
        };
    }

    async ValueTask<IReadOnlyList<ReceiptRecord>> WaitForReceiptsAsync(
        string caller, long after, int max, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeUp = wait > TimeSpan.Zero ? services.Scheduler.DelayAsync(wait, patience.Token) : Task.CompletedTask;
        try
        {
            while (true)
            {
                var changed = services.ReceiptsChanged.Next;
                var receipts = await services.Journal.ReceiptsSinceAsync(caller, after, max, cancellationToken);
                if (receipts.Count > 0 || timeUp.IsCompleted) return receipts;
                await Task.WhenAny(changed, timeUp);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await patience.CancelAsync();
        }
    }

    /// <summary>The transfer, when the caller may see it; one that it may not see is as unknown as one that is not there.</summary>
    async ValueTask<Outcome<Sight>> FindAsync(
        string caller, TransferReference reference, CancellationToken cancellationToken)
    {
        if (services.Configuration.Current.Directory.Find(caller) is not { } participant)
            return new Refusal(ErrorCatalogue.NotAuthenticated);
        if (reference.TransferId is null) return new Refusal(ErrorCatalogue.FieldMissing, "transferId");
        var identity = new TransferIdentity(reference.Origin ?? caller, reference.TransferId, reference.Receiver ?? "", reference.Replay);
        if (participant.MaySee(identity.Origin, identity.Receiver)
            && await services.Journal.FindTransferAsync(identity, cancellationToken) is { } record) return new Sight(record, null);

        // At the entry one transfer serves all receivers: who names one of them sees what is for it.
        if (!identity.IsEntry && participant.MaySee(identity.Origin, identity.Receiver)
            && await services.Journal.FindTransferAsync(identity with { Receiver = "" }, cancellationToken)
                is { AcceptedAt: not null } entry
            && entry.Manifest.Receivers.Contains(identity.Receiver, StringComparer.Ordinal)) return new Sight(entry, identity.Receiver);
        return new Refusal(ErrorCatalogue.TransferUnknown, identity.Origin, identity.TransferId);
    }

    static DeliveryStatus Status(DeliveryRecord delivery) => new()
    {
        DeliveryId = delivery.DeliveryId,
        Receiver = delivery.Receiver,
        Replay = delivery.Replay,
        Destination = delivery.DestinationId,
        State = delivery.State.ToString(),
        Attempts = delivery.Attempts,
        LastErrorCode = delivery.LastErrorCode,
        LastErrorText = delivery.LastErrorText,
        NextAttemptAt = delivery is { State: DeliveryState.Waiting or DeliveryState.InDoubt, OfferedAt: null }
            ? delivery.NextAttemptAt
            : null,
        UpdatedAt = delivery.UpdatedAt,
    };

    /// <summary>A transfer that the caller may see.</summary>
    /// <param name="Record">The transfer.</param>
    /// <param name="Receiver">The one receiver whose deliveries it may see; null for all.</param>
    sealed record Sight(TransferRecord Record, string? Receiver)
    {
        public bool Shows(string receiver) => Receiver is null || Receiver == receiver;
    }
}

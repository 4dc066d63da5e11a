using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.States;
using LinkGateway.Core.Directory;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Inbox;

/// <summary>ListInbox: what is offered to the caller, or to receivers that a gateway receives for, until it is confirmed.</summary>
sealed class InboxList(CoreServices services)
{
    const int MaxItems = 1000;
    const int DefaultItems = 100;
    const int MaxWaitSeconds = 30;

    public async ValueTask<Outcome<ListInboxResult>> RunAsync(
        string caller, ListInboxRequest request, CancellationToken cancellationToken)
    {
        if (services.Configuration.Current.Directory.Find(caller) is not { } participant || participant.Kind == ParticipantKind.Operator)
            return new Refusal(ErrorCatalogue.NotAuthenticated);
        if (request.Receiver is { } receiver && !participant.MayReceiveFor(receiver))
            return new Refusal(ErrorCatalogue.ReceiverNotAllowed, caller, receiver);
        DeliveryRecord? after = null;
        if (request.Cursor is { Length: > 0 } cursor)
        {
            after = await services.Journal.FindDeliveryAsync(cursor, cancellationToken);
            if (after?.OfferedAt is null) return new Refusal(ErrorCatalogue.FieldInvalid, "cursor", "it is none of this gateway's");
        }

        var receivers = request.Receiver is null ? participant.Receives : [request.Receiver];
        var max = Math.Clamp(request.Max ?? DefaultItems, 1, MaxItems);
        var wait = TimeSpan.FromSeconds(Math.Clamp(request.WaitSeconds ?? 0, 0, MaxWaitSeconds));
        var items = AnswerPage.Cut(await WaitAsync(receivers, after, max, wait, cancellationToken), SizeOf);
        return new ListInboxResult { Items = items, Cursor = items.Count > 0 ? items[^1].DeliveryId : after?.DeliveryId };
    }

    async ValueTask<IReadOnlyList<InboxItem>> WaitAsync(
        IReadOnlyList<string>? receivers, DeliveryRecord? after, int max, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeUp = wait > TimeSpan.Zero ? services.Scheduler.DelayAsync(wait, patience.Token) : Task.CompletedTask;
        try
        {
            while (true)
            {
                var changed = services.InboxChanged.Next;
                var items = await ListAsync(receivers, after, max, cancellationToken);
                if (items.Count > 0 || timeUp.IsCompleted) return items;
                await Task.WhenAny(changed, timeUp);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await patience.CancelAsync();
        }
    }

    async ValueTask<IReadOnlyList<InboxItem>> ListAsync(
        IReadOnlyList<string>? receivers, DeliveryRecord? after, int max, CancellationToken cancellationToken)
    {
        List<DeliveryRecord> rows = [];
        foreach (var receiver in receivers ?? (IReadOnlyList<string?>)[null])
            rows.AddRange(await services.Journal.InboxAsync(receiver, after, max, cancellationToken));
        List<InboxItem> items = [];
        foreach (var row in rows.OrderBy(row => row.OfferedAt).ThenBy(row => row.DeliveryId, StringComparer.Ordinal).Take(max))
        {
            if (await services.Journal.FindTransferAsync(row.Transfer, cancellationToken) is { AcceptedAt: not null } transfer)
                items.Add(ItemOf(row, transfer));
        }

        return items;
    }

    InboxItem ItemOf(DeliveryRecord row, TransferRecord transfer) => new()
    {
        DeliveryId = row.DeliveryId,
        Origin = transfer.Identity.Origin,
        TransferId = transfer.Identity.TransferId,
        Receiver = row.Receiver,
        Replay = row.Replay,
        Manifest = transfer.Manifest,
        Hops = transfer.Hops,
        Size = transfer.Size!.Value,
        Sha256 = transfer.Sha256!.Value,
        ChunkSize = transfer.ChunkSize,
        Root = transfer.Root!.Value,
        AcceptedReceiptDocument = transfer.EntryReceipt!.Value.ToArray(),
        OfferedAt = row.OfferedAt!.Value,
        LeaseUntil = row.State == DeliveryState.Sending && row.LeaseUntil > services.Now ? row.LeaseUntil : null,
    };

    // The origin's own properties can make a manifest large.
    static long SizeOf(InboxItem item) => (item.AcceptedReceiptDocument.Length * 4L / 3) + ManifestDigest.NormalForm(item.Manifest).Length;
}

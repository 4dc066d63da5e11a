using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Notices.Callbacks;

/// <summary>
/// Tells one participant of the receipts and failures of its files: each at least once, in the order in which they happened. How far it
/// has come stands in the journal, which holds what is to be told; so nothing is lost, and nothing piles up in memory.
/// </summary>
sealed class CallbackFeed(CoreServices services, ParticipantSettings participant, IOriginServices origins, INoticeEvents events)
{
    const int BatchSize = 50;

    static readonly RetryPolicy BackOff = new(int.MaxValue, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));
    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    readonly NoticeCallback _callback = participant.Notices!;
    CallbackCursor? _cursor;
    DateTimeOffset? _failingSince;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = services.ReceiptsChanged.Next;
            try
            {
                _cursor ??= await BeginAsync(cancellationToken);
                while (await TellPageAsync(_cursor.Value, cancellationToken)) cancellationToken.ThrowIfCancellationRequested();
            }
            catch (StorageException e)
            {
                events.Troubled(e);
            }

            // Many receipts in a moment are read together.
            await services.Scheduler.DelayAsync(Breath, cancellationToken);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, services.Scheduler.DelayAsync(LongestSleep, enough.Token));
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Where to go on. Who is told for the first time is told what happens from then on.</summary>
    async ValueTask<CallbackCursor> BeginAsync(CancellationToken cancellationToken)
    {
        var key = CallbackCursor.Key(participant.Id);
        if (CallbackCursor.TryParse(await services.Journal.PeerCursorAsync(key, cancellationToken), out var cursor)) return cursor;
        var heads = await services.Journal.FeedHeadsAsync(cancellationToken);
        cursor = new CallbackCursor(heads.Receipt, heads.Failure);
        await KeepAsync(cursor, cancellationToken);
        return cursor;
    }

    /// <summary>Tells some of what is new.</summary>
    /// <returns>Whether there may be more.</returns>
    async ValueTask<bool> TellPageAsync(CallbackCursor from, CancellationToken cancellationToken)
    {
        // Failures first: the receipts that came before one are then among the receipts read.
        var (who, journal) = (participant.Id, services.Journal);
        var heads = await journal.FeedHeadsAsync(cancellationToken);
        var failures = new Queue<FailureRecord>(await journal.FailuresSinceAsync(who, from.Failure, BatchSize, cancellationToken));
        var receipts = new Queue<ReceiptRecord>(await journal.ReceiptsSinceAsync(who, from.Receipt, BatchSize, cancellationToken));
        if (failures.Count == 0 && receipts.Count == 0)
        {
            // The failures of others are not looked through again and again.
            _cursor = from with { Failure = Math.Max(from.Failure, heads.Failure) };
            return false;
        }

        var (moreFailures, moreReceipts) = (failures.Count == BatchSize, receipts.Count == BatchSize);
        var cursor = from;
        try
        {
            // What comes behind the end of a full page is not known yet, and may have to be told before the rest of the other.
            while (!(failures.Count == 0 && moreFailures) && !(receipts.Count == 0 && moreReceipts) && failures.Count + receipts.Count > 0)
            {
                if (receipts.Count == 0 || (failures.Count > 0 && failures.Peek().At < receipts.Peek().Content.At))
                {
                    await TellAsync(failures.Peek(), cancellationToken);
                    cursor = cursor with { Failure = failures.Dequeue().Sequence };
                }
                else
                {
                    await TellAsync(receipts.Peek(), cancellationToken);
                    cursor = cursor with { Receipt = receipts.Dequeue().Sequence };
                }
            }
        }
        finally
        {
            // Also when it is cut off: what was noted need not be told again after a restart.
            _cursor = cursor;
            if (cursor != from) await KeepAsync(cursor, CancellationToken.None);
        }

        return moreFailures || moreReceipts;
    }

    ValueTask TellAsync(ReceiptRecord receipt, CancellationToken cancellationToken)
    {
        var kind = receipt.Content.Kind switch
        {
            ReceiptKind.Accepted => CallbackKind.Accepted,
            ReceiptKind.Validated => CallbackKind.Validated,
            ReceiptKind.Delivered => CallbackKind.Delivered,
            _ => CallbackKind.Applied,
        };
        var request = new ReceiptIssuedRequest { ReceiptDocument = receipt.Document.ToArray() };
        return TellAsync(
            kind, $"receipt {receipt.Content.ReceiptId}", receipt.Content.At,
            service => service.ReceiptIssuedAsync(request, cancellationToken), cancellationToken);
    }

    ValueTask TellAsync(FailureRecord failure, CancellationToken cancellationToken)
    {
        var request = new DeliveryFailedRequest
        {
            Transfer = new TransferReference
            {
                Origin = failure.Transfer.Origin,
                TransferId = failure.Transfer.TransferId,
                Receiver = failure.Receiver,
                Replay = failure.Replay,
            },
            Code = failure.Code,
            Text = failure.Text,
            State = failure.State.ToString(),
            At = failure.At,
        };
        return TellAsync(
            CallbackKind.Failed, $"failure of delivery {failure.DeliveryId}", failure.At,
            service => service.DeliveryFailedAsync(request, cancellationToken), cancellationToken);
    }

    async ValueTask TellAsync(
        CallbackKind kind, string what, DateTimeOffset at, Func<IOriginService, ValueTask<CallbackAnswer>> call,
        CancellationToken cancellationToken)
    {
        if (!_callback.Kinds.Contains(kind)) return;
        for (var tries = 1; ; tries++)
        {
            var answer = await call(origins.ServiceOf(_callback));
            if (answer.Outcome != CallbackOutcome.Failed)
            {
                Works();
                if (answer.Outcome == CallbackOutcome.Unwanted) events.CallbackSkipped(participant.Id, what, answer.Text);
                return;
            }

            Fails(answer.Text);
            if (services.Now - at > _callback.GiveUpAfter && services.Now - _failingSince > _callback.GiveUpAfter)
            {
                events.CallbackSkipped(participant.Id, what, answer.Text);
                return;
            }

            var pause = BackOff.Delay(tries, services.Random.NextFraction());
            await services.Scheduler.DelayAsync(answer.RetryAfter is { } after && after > pause ? Short(after) : pause, cancellationToken);
        }
    }

    // A service that asks for more is asked whether it meant it.
    static TimeSpan Short(TimeSpan after) => after < BackOff.MaxDelay ? after : BackOff.MaxDelay;

    void Works()
    {
        if (_failingSince is not null) events.CallbackWorks(participant.Id);
        _failingSince = null;
        services.Notices.Clear(NoticeKind.CallbackDown, participant.Id);
    }

    void Fails(string reason)
    {
        if (_failingSince is null) events.CallbackFailed(participant.Id, reason);
        _failingSince ??= services.Now;
        if (services.Now - _failingSince >= services.Configuration.Current.Configuration.Notices.DownAfter)
            services.Notices.Raise(NoticeKind.CallbackDown, participant.Id, reason);
    }

    async ValueTask KeepAsync(CallbackCursor cursor, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        batch.PeerCursors.Add((CallbackCursor.Key(participant.Id), cursor.ToString()));
        await services.Journal.CommitAsync(batch, cancellationToken);
    }
}

using System.Globalization;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Pull;

/// <summary>
/// Hands the receipts of pulled files back to the gateway that they were fetched from, in their order: each again until it is answered,
/// with a cursor in the journal. A file whose receipt is not taken is tried again by itself, and the others go on.
/// </summary>
sealed class ReceiptReturn(
    CoreServices services, PullSettings settings, PullConfirmation confirmation, IPullEvents events)
{
    const int BatchSize = 100;

    // As many not taken mean that it is not the file: the rest stays in the journal.
    const int MostPostponed = 200;

    static readonly RetryPolicy BackOff = new(int.MaxValue, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    // In their order; the cursor in the journal stands before the first of them.
    readonly List<ReceiptRecord> _postponed = [];

    DateTimeOffset _retryAt;
    long? _after;
    long _written;

    string CursorKey => $"pull/{settings.Id}";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = services.ReceiptsChanged.Next;
            string? trouble;
            try
            {
                trouble = await ReturnAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, the receipts are handed back again: nothing else would ever do it.
                trouble = e.Message;
            }

            failures = trouble is null ? 0 : failures + 1;
            if (trouble is not null) events.Troubled(settings.Id, trouble);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = trouble is null ? LongestSleep : BackOff.Delay(failures, services.Random.NextFraction());
            var time = services.Scheduler.DelayAsync(pause, enough.Token);
            await (trouble is null ? Task.WhenAny(changed, time) : time);
            await enough.CancelAsync();
        }
    }

    /// <summary>Hands back everything that there is.</summary>
    /// <returns>Null, or why all of it must be tried again.</returns>
    async ValueTask<string?> ReturnAsync(CancellationToken cancellationToken)
    {
        _after ??= _written = await ReadCursorAsync(cancellationToken);
        var trouble = await RetryAsync(cancellationToken);
        while (trouble is null && _postponed.Count < MostPostponed)
        {
            var receipts = await services.Journal.ReceiptsSinceAsync(settings.Gateway, _after.Value, BatchSize, cancellationToken);
            if (receipts.Count == 0) break;
            trouble = await ReturnAsync(receipts, cancellationToken);
            await WriteCursorAsync(cancellationToken);
        }

        await WriteCursorAsync(cancellationToken);
        return trouble;
    }

    async ValueTask<string?> ReturnAsync(IReadOnlyList<ReceiptRecord> receipts, CancellationToken cancellationToken)
    {
        foreach (var receipt in receipts)
        {
            // The receipts of one file stay in their order.
            var isBehind = _postponed.Any(earlier => earlier.Transfer == receipt.Transfer);
            var trouble = isBehind ? null : await ReturnAsync(receipt, cancellationToken);
            if (trouble is { OfOneFile: false }) return trouble.Text;
            if (trouble is not null) events.Troubled(settings.Id, trouble.Text);
            if (isBehind || trouble is not null)
            {
                if (_postponed.Count == 0) _retryAt = services.Now + LongestSleep;
                _postponed.Add(receipt);
            }

            _after = receipt.Sequence;
        }

        return null;
    }

    /// <summary>Tries again what was not taken, when it is time.</summary>
    /// <returns>Null, or why all must be tried again.</returns>
    async ValueTask<string?> RetryAsync(CancellationToken cancellationToken)
    {
        if (services.Now < _retryAt) return null;
        HashSet<TransferIdentity> failed = [];
        foreach (var receipt in _postponed.ToList())
        {
            if (failed.Contains(receipt.Transfer)) continue;
            var trouble = await ReturnAsync(receipt, cancellationToken);
            if (trouble is { OfOneFile: false }) return trouble.Text;
            if (trouble is null)
            {
                _postponed.Remove(receipt);
                continue;
            }

            failed.Add(receipt.Transfer);
            events.Troubled(settings.Id, trouble.Text);
        }

        _retryAt = services.Now + LongestSleep;
        return null;
    }

    async ValueTask<PullTrouble?> ReturnAsync(ReceiptRecord receipt, CancellationToken cancellationToken)
    {
        if (await services.Journal.FindTransferAsync(receipt.Transfer, cancellationToken) is not { FetchedDelivery: { } delivery } transfer
            || transfer.SubmittedBy != settings.Gateway || receipt.SubmittedBy != settings.Gateway)
            return null;

        // A copy that was ordered here was not fetched from there.
        if (receipt.Content.Replay != transfer.Identity.Replay) return null;
        if (receipt is { DeliveryId: null, Content.Kind: ReceiptKind.Accepted })
            return await confirmation.AcceptedAsync(transfer, cancellationToken);

        // Its lease was lost: whoever takes it anew hands all of its receipts back (PulledFile).
        if (transfer.FetchedLease is null) return null;
        var answer = await confirmation.ConfirmAsync(transfer, receipt, cancellationToken);
        if (answer.Answered) return null;
        if (!IsFinal(answer.Code)) return PullTrouble.Of(answer);
        events.ConfirmationRefused(settings.Id, delivery, answer.Text);
        return null;
    }

    // What the other gateway does not know, or has settled otherwise, it never takes; whatever else it says may change, as its trust in a
    // new key of ours.
    static bool IsFinal(string code) =>
        code == ErrorCatalogue.DeliveryUnknown.Code || code == ErrorCatalogue.WrongDeliveryState.Code
            || code == ErrorCatalogue.LeaseLost.Code;

    async ValueTask<long> ReadCursorAsync(CancellationToken cancellationToken) =>
        await services.Journal.PeerCursorAsync(CursorKey, cancellationToken) is { } written
            ? long.Parse(written, CultureInfo.InvariantCulture)
            : 0;

    async ValueTask WriteCursorAsync(CancellationToken cancellationToken)
    {
        var done = _postponed.Count > 0 ? _postponed[0].Sequence - 1 : _after!.Value;
        if (done == _written) return;
        var batch = new JournalBatch();
        batch.PeerCursors.Add((CursorKey, done.ToString(CultureInfo.InvariantCulture)));
        await services.Journal.CommitAsync(batch, cancellationToken);
        _written = done;
    }
}

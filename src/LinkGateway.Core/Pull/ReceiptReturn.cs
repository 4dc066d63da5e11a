using System.Globalization;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Receipts;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Pull;

/// <summary>
/// Hands the receipts of pulled files back to the gateway that they were fetched from, in their order: each again until it is answered, with
/// a cursor in the journal.
/// </summary>
sealed class ReceiptReturn(
    CoreServices services, PullSettings settings, PullConfirmation confirmation, IPullEvents events)
{
    const int BatchSize = 100;

    static readonly RetryPolicy BackOff = new(int.MaxValue, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

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
    /// <returns>Null, or why it must be tried again.</returns>
    async ValueTask<string?> ReturnAsync(CancellationToken cancellationToken)
    {
        var written = await services.Journal.PeerCursorAsync(CursorKey, cancellationToken);
        var after = written is null ? 0 : long.Parse(written, CultureInfo.InvariantCulture);
        while (true)
        {
            var receipts = await services.Journal.ReceiptsSinceAsync(settings.Gateway, after, BatchSize, cancellationToken);
            if (receipts.Count == 0) return null;
            foreach (var receipt in receipts)
            {
                if (await ReturnAsync(receipt, cancellationToken) is { } trouble)
                {
                    await WriteCursorAsync(after, cancellationToken);
                    return trouble;
                }

                after = receipt.Sequence;
            }

            await WriteCursorAsync(after, cancellationToken);
        }
    }

    async ValueTask<string?> ReturnAsync(ReceiptRecord receipt, CancellationToken cancellationToken)
    {
        if (await services.Journal.FindTransferAsync(receipt.Transfer, cancellationToken) is not { FetchedDelivery: { } delivery } transfer
            || transfer.SubmittedBy != settings.Gateway || receipt.SubmittedBy != settings.Gateway)
            return null;
        if (receipt is { DeliveryId: null, Content.Kind: ReceiptKind.Accepted })
            return await confirmation.AcceptedAsync(transfer, cancellationToken);
        var answer = await confirmation.ConfirmAsync(transfer, receipt, cancellationToken);
        if (answer.Answered) return null;
        if (!IsFinal(answer)) return $"{answer.Outcome}: {answer.Code} {answer.Text}";
        events.ConfirmationRefused(settings.Id, delivery, answer.Text);
        return null;
    }

    // It does not want this receipt, and never will; not known who we are, or told nothing of use, it may well later.
    static bool IsFinal<T>(PeerAnswer<T> answer)
        where T : class =>
        answer is { Outcome: PeerOutcome.Refused, OurFault: true, RetryAfter: null, Code.Length: > 0 }
            && answer.Code != ErrorCatalogue.NotAuthenticated.Code;

    async ValueTask WriteCursorAsync(long after, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        batch.PeerCursors.Add((CursorKey, after.ToString(CultureInfo.InvariantCulture)));
        await services.Journal.CommitAsync(batch, cancellationToken);
    }
}

using LinkGateway.Contract.Messages;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Pull;

/// <summary>Fetches what waits in the other gateway's inbox, several files at once, for as long as the settings stand.</summary>
sealed class PullFeed(
    CoreServices services, TransferService transfers, PullSettings settings, IInboxPeerFactory peers, PullConfirmation confirmation,
    IPullEvents events)
{
    const int PageSize = 50;
    const int WaitSeconds = 20;

    static readonly RetryPolicy BackOff = new(int.MaxValue, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    // What could not be taken in is looked at again with the whole inbox, not with every new file.
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            string? trouble;
            try
            {
                trouble = await RoundAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, the inbox is looked at again: nothing else would ever ask for what waits there.
                trouble = e.Message;
            }

            failures = trouble is null ? 0 : failures + 1;
            if (trouble is null) continue;
            events.Troubled(settings.Id, trouble);
            await services.Scheduler.DelayAsync(BackOff.Delay(failures, services.Random.NextFraction()), cancellationToken);
        }
    }

    /// <summary>Goes through the whole inbox, and then waits a while for what is new.</summary>
    /// <returns>Null, or why the inbox could not be asked.</returns>
    async ValueTask<string?> RoundAsync(CancellationToken cancellationToken)
    {
        var again = services.Now + LookAgain;
        string? cursor = null;
        var wait = 0;
        while (wait == 0 || services.Now < again)
        {
            var request = new ListInboxRequest { Cursor = cursor, Max = PageSize, WaitSeconds = wait };
            var answer = await peers.InboxOf(settings).ListInboxAsync(request, cancellationToken);
            if (!answer.Answered) return $"{answer.Outcome}: {answer.Code} {answer.Text}";

            // An inbox that answers "nothing" without waiting must not be asked in a tight loop.
            if (answer.Value.Items.Count == 0 && wait > 0)
                await services.Scheduler.DelayAsync(TimeSpan.FromMilliseconds(200), cancellationToken);
            if (answer.Value.Items.Count == 0) wait = WaitSeconds;
            else await TakeAsync(answer.Value.Items, cancellationToken);
            cursor = answer.Value.Cursor ?? cursor;
        }

        return null;
    }

    async ValueTask TakeAsync(IReadOnlyList<InboxItem> items, CancellationToken cancellationToken)
    {
        List<Task> running = [];
        foreach (var item in items)
        {
            if (running.Count >= settings.FilesInFlight)
                running.Remove(await Task.WhenAny(running));
            running.Add(services.Scheduler.Run(() => TakeAsync(item, cancellationToken)));
        }

        await Task.WhenAll(running);
    }

    async Task TakeAsync(InboxItem item, CancellationToken cancellationToken)
    {
        try
        {
            var file = new PulledFile(services, transfers, settings, peers.InboxOf(settings), confirmation, item);
            if (await file.RunAsync(cancellationToken) is { } trouble) events.Refused(settings.Id, item.DeliveryId, trouble);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // One file must not stop the others.
            events.Refused(settings.Id, item.DeliveryId, e.Message);
        }
    }
}

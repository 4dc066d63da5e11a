using LinkGateway.Contract.Messages;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Schedules;
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

    // A file that could not be taken in may wait for little: a run by the schedule does not leave it to the next at once.
    const int RoundsOfRun = 3;

    readonly Turns _turns = new(services, $"pull/{settings.Id}", settings.Schedule);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunTurnsAsync(cancellationToken);
        }
        finally
        {
            _turns.Leave();
        }
    }

    async ValueTask RunTurnsAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        var hasBegun = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            string? trouble;
            try
            {
                if (!hasBegun) await _turns.BeginAsync(cancellationToken);
                hasBegun = true;
                trouble = _turns.IsScheduled ? await RunOnceAsync(cancellationToken) : await RoundAsync(cancellationToken);
                if (trouble is null) await _turns.EndAsync(cancellationToken);
                hasBegun = trouble is not null;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, the inbox is looked at again: nothing else would ever ask for what waits there.
                trouble = e.Message;
            }

            _turns.Trouble(trouble);
            failures = trouble is null ? 0 : failures + 1;
            if (trouble is null) continue;
            events.Troubled(settings.Id, trouble);
            await services.Scheduler.DelayAsync(BackOff.Delay(failures, services.Random.NextFraction()), cancellationToken);
        }
    }

    /// <summary>Goes through the whole inbox as the schedule says, and once more for what could not be taken in.</summary>
    async ValueTask<string?> RunOnceAsync(CancellationToken cancellationToken)
    {
        string? trouble = null;
        for (var round = 1; round <= RoundsOfRun && trouble is null; round++)
        {
            var refusedBefore = _turns.RefusedSoFar;
            if (round > 1) await services.Scheduler.DelayAsync(LookAgain, cancellationToken);
            trouble = await RoundAsync(cancellationToken);
            if (_turns.RefusedSoFar == refusedBefore) break;
        }

        return trouble;
    }

    /// <summary>Goes through the whole inbox, and then, without a schedule, waits a while for what is new.</summary>
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
            if (answer.Value.Items.Count == 0 && _turns.IsScheduled) return null;
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
            if (await file.RunAsync(cancellationToken) is { } trouble) Refused(item, trouble);
            else _turns.Took();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // One file must not stop the others.
            Refused(item, e.Message);
        }
    }

    void Refused(InboxItem item, string trouble)
    {
        _turns.Refused();
        events.Refused(settings.Id, item.DeliveryId, trouble);
    }
}

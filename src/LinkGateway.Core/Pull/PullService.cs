using LinkGateway.Core.Configuration;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Pull;

/// <summary>Fetches from the inboxes of other gateways, as the section <c>pulls</c> of the configuration says.</summary>
public sealed class PullService(CoreServices services, TransferService transfers, IInboxPeerFactory peers, IPullEvents events)
{
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Runs until cancelled; follows the configuration as it changes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<PullSettings, CancellationTokenSource> feeds = [];
        List<Task> running = [];
        try
        {
            while (true)
            {
                var wanted = services.Configuration.Current.Configuration.Pulls.ToHashSet();
                foreach (var gone in feeds.Keys.Where(settings => !wanted.Contains(settings)).ToList())
                {
                    await feeds[gone].CancelAsync();
                    feeds.Remove(gone);
                }

                foreach (var fresh in wanted.Where(settings => !feeds.ContainsKey(settings)))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    feeds.Add(fresh, stop);
                    var confirmation = new PullConfirmation(services, transfers, fresh, peers, events);
                    var feed = new PullFeed(services, transfers, fresh, peers, confirmation, events);
                    var back = new ReceiptReturn(services, fresh, confirmation, events);
                    running.Add(services.Scheduler.Run(() => feed.RunAsync(stop.Token)));
                    running.Add(services.Scheduler.Run(() => back.RunAsync(stop.Token)));
                }

                running.RemoveAll(feed => feed.IsCompleted);
                await services.Scheduler.DelayAsync(LookAgain, cancellationToken);
            }
        }
        finally
        {
            foreach (var feed in running)
                await feed.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

using LinkGateway.Core.Configuration;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Delivery;

/// <summary>Fetches the receipts of what was forwarded, from every gateway destination, by long poll.</summary>
public sealed class ReceiptCollector(CoreServices services, IPeerFactory peers, IDeliveryEvents events)
{
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Runs until cancelled; follows the configuration as it changes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<GatewayDestination, CancellationTokenSource> feeds = [];
        List<Task> running = [];
        try
        {
            while (true)
            {
                var wanted = services.Configuration.Current.Configuration.Destinations.OfType<GatewayDestination>().ToHashSet();
                foreach (var gone in feeds.Keys.Where(destination => !wanted.Contains(destination)).ToList())
                {
                    await feeds[gone].CancelAsync();
                    feeds.Remove(gone);
                }

                foreach (var fresh in wanted.Where(destination => !feeds.ContainsKey(destination)))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    feeds.Add(fresh, stop);
                    var feed = new ReceiptFeed(services, fresh, peers, events);
                    running.Add(services.Scheduler.Run(() => feed.RunAsync(stop.Token)));
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

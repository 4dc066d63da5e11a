using System.Text.Json;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Files;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Watches;

/// <summary>Takes in what senders put into folders, as the section <c>watches</c> of the configuration says.</summary>
/// <param name="services">The ports.</param>
/// <param name="transfers">Where files are taken in.</param>
/// <param name="files">The file system of the folders.</param>
/// <param name="view">What lies in them.</param>
/// <param name="events">Told of what happens.</param>
public sealed class WatchService(
    CoreServices services, TransferService transfers, IFileSystem files, IFolderView view, IWatchEvents events)
{
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Runs until cancelled; follows the configuration as it changes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // By their text: what is the same after a reload goes on.
        Dictionary<string, (CancellationTokenSource Stop, Task Running)> feeds = new(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                var wanted = services.Configuration.Current.Configuration.Watches.ToDictionary(TextOf, StringComparer.Ordinal);

                // Two feeds never work in one folder for the same watch: what is over has ended before what is new begins.
                await StopAsync(feeds, text => !wanted.ContainsKey(text));
                foreach (var (text, settings) in wanted.Where(watch => !feeds.ContainsKey(watch.Key)))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    var feed = new WatchFeed(services, transfers, files, view, settings, events);
                    feeds.Add(text, (stop, services.Scheduler.Run(() => feed.RunAsync(stop.Token))));
                }

                await services.Scheduler.DelayAsync(LookAgain, cancellationToken);
            }
        }
        finally
        {
            await StopAsync(feeds, _ => true);
        }
    }

    static string TextOf(WatchSettings settings) => JsonSerializer.Serialize(settings, ConfigurationJson.Options);

    static async ValueTask StopAsync(
        Dictionary<string, (CancellationTokenSource Stop, Task Running)> feeds, Func<string, bool> isOver)
    {
        var over = feeds.Where(feed => isOver(feed.Key)).ToList();
        foreach (var (_, (stop, _)) in over) await stop.CancelAsync();
        foreach (var (text, (stop, running)) in over)
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
            feeds.Remove(text);
        }
    }
}

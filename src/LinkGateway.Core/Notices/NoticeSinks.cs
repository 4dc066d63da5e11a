using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Ports;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Notices;

/// <summary>Tells every sink of the configuration; a dead one holds up no other.</summary>
/// <param name="services">The ports.</param>
/// <param name="notices">What there is to tell.</param>
/// <param name="sender">Hands notices over.</param>
/// <param name="events">Told of what happens.</param>
public sealed class NoticeSinks(CoreServices services, NoticeService notices, INoticeSender sender, INoticeEvents events)
{
    /// <summary>Runs until cancelled; follows the configuration as it changes.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var feeds = new FeedSet<NoticeSink>(
            services.Scheduler,
            sink => sink.Id,
            (sink, stop) => new NoticeFeed(services, notices.Outbox, sink, sender, events).RunAsync(stop),
            (_, _) => ValueTask.CompletedTask,
            events.Troubled);
        return feeds.RunAsync(() => services.Configuration.Current.Configuration.Notices.Sinks, cancellationToken);
    }

    /// <summary>Hands a test notice to sinks, once.</summary>
    /// <param name="only">Id of the only one; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What became of it, by sink.</returns>
    public async ValueTask<Outcome<NoticeTest>> TestAsync(string? only, CancellationToken cancellationToken)
    {
        var configuration = services.Configuration.Current.Configuration;
        var sinks = configuration.Notices.Sinks.Where(sink => only is null || sink.Id == only).ToList();
        if (sinks.Count == 0)
        {
            return only is null
                ? new Refusal(ErrorCatalogue.NoSinks)
                : new Refusal(ErrorCatalogue.FieldInvalid, "sink", $"there is no webhook and no hook {only}");
        }

        var notice = NoticeBuilder.Test(services.Random.NextId(), configuration.Gateway, services.Now);
        return new NoticeTest { Sinks = await Task.WhenAll(sinks.Select(TryAsync)) };

        async Task<NoticeTestSink> TryAsync(NoticeSink sink)
        {
            var sent = await sender.SendAsync(sink, notice, cancellationToken);
            return new NoticeTestSink { Sink = sink.Id, Taken = sent.Taken, Text = sent.Text };
        }
    }
}

using LinkGateway.Core.Configuration;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Notices.Callbacks;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Server.Notices;

/// <summary>What tells people by itself, put together.</summary>
sealed class NoticeParts
{
    public NoticeParts(CoreServices core, IConfigurationHost host, ILoggerFactory loggers)
    {
        var reporter = new NoticeReporter(loggers.CreateLogger<NoticeReporter>());
        var sender = new NoticeSender(new WebhookSender(host, core.Time), new HookRunner(loggers.CreateLogger<HookRunner>()));
        Service = new NoticeService(core, reporter);
        Sinks = new NoticeSinks(core, Service, sender, reporter);
        Callbacks = new CallbackService(core, new OriginServices(host, core.Time), reporter);
        Queries = new NoticeQueries(core.Journal);
    }

    /// <summary>Makes notices of what is wrong.</summary>
    public NoticeService Service { get; }

    /// <summary>Tells operators.</summary>
    public NoticeSinks Sinks { get; }

    /// <summary>Tells origins.</summary>
    public CallbackService Callbacks { get; }

    /// <summary>Lists notices.</summary>
    public NoticeQueries Queries { get; }
}

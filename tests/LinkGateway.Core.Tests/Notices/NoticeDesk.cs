using System.Text.Json.Nodes;
using LinkGateway.Contract.Notices;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Tests.World;

namespace LinkGateway.Core.Tests.Notices;

/// <summary>A gateway whose notices a test makes step by step, on its own clock.</summary>
sealed class NoticeDesk : IAsyncDisposable
{
    readonly Action<JsonNode>? _configuration;

    public NoticeDesk(Action<JsonNode>? configuration = null, WorldParts? parts = null)
    {
        _configuration = configuration;
        World = new CoreWorld(configuration: configuration, parts: parts);
        Service = new NoticeService(World.Services, Events);
    }

    public CoreWorld World { get; }

    public RecordedNotices Events { get; } = new();

    public NoticeService Service { get; }

    public NoticeBoard Board => World.Services.Notices;

    /// <summary>The stages so far, in order.</summary>
    public IEnumerable<NoticeStage> Stages => Events.Stages.Select(stage => stage.Stage);

    public Notice Last => Events.Stages.Last();

    /// <summary>Lets the time pass, looking as often as the service itself does.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(15))
        {
            World.Time.Advance(TimeSpan.FromSeconds(15));
            await Service.TurnAsync(CoreWorld.Never);
        }
    }

    public Task TurnAsync() => Service.TurnAsync(CoreWorld.Never).AsTask();

    /// <summary>The process ends, and another begins on the same journal; whoever is to see conditions has to see them again.</summary>
    public NoticeDesk Restart() => new(
        _configuration,
        new WorldParts { Time = World.Time, Journal = World.Journal, Spool = World.Spool, Files = World.Files });

    public async Task<IReadOnlyList<NoticeRecord>> RowsAsync() =>
        await World.Journal.NoticesAsync(null, openOnly: false, 100, CoreWorld.Never);

    public ValueTask DisposeAsync() => World.DisposeAsync();
}

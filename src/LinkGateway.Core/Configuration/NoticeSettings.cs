namespace LinkGateway.Core.Configuration;

/// <summary>Whom this gateway tells by itself when something is wrong, and how patient it is. Without a webhook or hook, notices only stand
/// in its journal and log.</summary>
public sealed record NoticeSettings
{
    /// <summary>How long a destination must be unreachable before it is told, as d.hh:mm:ss.</summary>
    public TimeSpan DownAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a delivery must be held for a reason that needs somebody before it is told.</summary>
    public TimeSpan HeldAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a delivery must be in doubt before it is told.</summary>
    public TimeSpan InDoubtAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>When the second stage follows the first, if it is not over by then: how many files, bytes, since when.</summary>
    public TimeSpan DetailsAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long something must be well again before it is told to be over. What comes and goes faster is one notice; each return
    /// doubles the time, up to an hour.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What a sink could not take for so long is not told any more, unless it is still wrong.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>HTTP addresses that notices are posted to as JSON (docs/notice.schema.json).</summary>
    public IReadOnlyList<NoticeWebhook> Webhooks { get; init; } = [];

    /// <summary>Programs that are run with each notice.</summary>
    public IReadOnlyList<NoticeHook> Hooks { get; init; } = [];

    /// <summary>All sinks.</summary>
    internal IEnumerable<NoticeSink> Sinks => [.. Webhooks, .. Hooks];
}

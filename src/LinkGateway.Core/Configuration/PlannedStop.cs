namespace LinkGateway.Core.Configuration;

/// <summary>A planned stop (計画停止) of what lies behind a destination: from and to, or a calendar for one that comes again.</summary>
public sealed record PlannedStop
{
    /// <summary>When it begins, as yyyy-MM-ddTHH:mm in the gateway's time zone, or with an offset.</summary>
    public StatedInstant? From { get; init; }

    /// <summary>When it ends.</summary>
    public StatedInstant? To { get; init; }

    /// <summary>Instead of from and to: it is stopped whenever this calendar is open.</summary>
    public string? Calendar { get; init; }

    /// <summary>Why; senders and operators read it.</summary>
    public string Text { get; init; } = "";
}

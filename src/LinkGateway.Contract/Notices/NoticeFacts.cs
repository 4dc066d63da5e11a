namespace LinkGateway.Contract.Notices;

/// <summary>How much a notice is about, as it was counted when the stage was told.</summary>
public sealed record NoticeFacts
{
    /// <summary>Deliveries that are affected.</summary>
    public required long Deliveries { get; init; }

    /// <summary>Bytes of their files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Origins and receivers of them by id, at most 50.</summary>
    public IReadOnlyList<string> Partners { get; init; } = [];

    /// <summary>Since when the oldest of them waits.</summary>
    public DateTimeOffset? Oldest { get; init; }
}

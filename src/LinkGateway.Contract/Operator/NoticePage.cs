namespace LinkGateway.Contract.Operator;

/// <summary>Notices, newest first.</summary>
public sealed record NoticePage
{
    /// <summary>The notices.</summary>
    public required IReadOnlyList<NoticeEntry> Notices { get; init; }

    /// <summary>For the next page; null when there is none.</summary>
    public string? Cursor { get; init; }
}

using LinkGateway.Contract.Notices;
using LinkGateway.Core.Notices;

namespace LinkGateway.Core.Journal;

/// <summary>What the journal holds of a notice to operators. One writer; the newest row stands.</summary>
public sealed record NoticeRecord
{
    /// <summary>Place in the order in which notices were opened, from 1; given by the journal (0 before).</summary>
    public long Number { get; init; }

    /// <summary>Its id: 32 lower-case hexadecimal digits.</summary>
    public required string NoticeId { get; init; }

    /// <summary>What is wrong.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>
    /// What its subjects have in common, such as a server that several destinations lie behind; the subject itself elsewhere.
    /// </summary>
    public required string Root { get; init; }

    /// <summary>With what it is or was wrong.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary>What was seen last.</summary>
    public required string Text { get; init; }

    /// <summary>The stage that was told last.</summary>
    public required NoticeStage Stage { get; init; }

    /// <summary>When that stage was told.</summary>
    public required DateTimeOffset StageAt { get; init; }

    /// <summary>When it will be over, as far as somebody foresees it.</summary>
    public DateTimeOffset? Forecast { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Since when it is well; null while it is not.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>When it was told to be over; null while it was not.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>How often it has come back.</summary>
    public int Flaps { get; init; }

    /// <summary>How much is affected, as counted last.</summary>
    public NoticeFacts? Facts { get; init; }
}

using LinkGateway.Contract.Notices;

namespace LinkGateway.Contract.Operator;

/// <summary>A notice in the journal, as its newest stage tells it.</summary>
public sealed record NoticeEntry
{
    /// <summary>Its number, from 1, in the order in which notices were opened.</summary>
    public required long Number { get; init; }

    /// <summary>Its id.</summary>
    public required string NoticeId { get; init; }

    /// <summary>The stage that was told last.</summary>
    public required NoticeStage Stage { get; init; }

    /// <summary>What is wrong, such as <c>destinationDown</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How much it matters.</summary>
    public required NoticeSeverity Severity { get; init; }

    /// <summary>With what it is wrong.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary>What was seen.</summary>
    public required string Text { get; init; }

    /// <summary>How much is affected, as counted last.</summary>
    public NoticeFacts? Facts { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was over; null while it is not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How often it has come and gone meanwhile.</summary>
    public required int Flaps { get; init; }
}

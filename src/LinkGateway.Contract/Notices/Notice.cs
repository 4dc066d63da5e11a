namespace LinkGateway.Contract.Notices;

/// <summary>
/// One stage of a notice to operators, as webhooks and hooks get it (docs/notice.schema.json). The stages of one notice have the same id;
/// one that comes twice has the same number.
/// </summary>
public sealed record Notice
{
    /// <summary>Id of the notice: 32 lower-case hexadecimal digits, the same in all its stages.</summary>
    public required string NoticeId { get; init; }

    /// <summary>
    /// Number of this stage at its gateway, rising; whoever has seen it before has got it twice. 0 where it could not be written down.
    /// </summary>
    public long Number { get; init; }

    /// <summary>The gateway that tells it.</summary>
    public required string Gateway { get; init; }

    /// <summary>Its environment: production, training or test.</summary>
    public required string Environment { get; init; }

    /// <summary>How far the telling has come.</summary>
    public required NoticeStage Stage { get; init; }

    /// <summary>What is wrong, such as <c>destinationDown</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How much it matters.</summary>
    public required NoticeSeverity Severity { get; init; }

    /// <summary>With what it is wrong: destinations, participants, stores.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary>One line for people, English.</summary>
    public required string Title { get; init; }

    /// <summary>The same in Japanese.</summary>
    public required string TitleJa { get; init; }

    /// <summary>What was seen, English; without personal data.</summary>
    public required string Text { get; init; }

    /// <summary>What the gateway does by itself, and why; English.</summary>
    public required string Act { get; init; }

    /// <summary>The same in Japanese.</summary>
    public required string ActJa { get; init; }

    /// <summary>What somebody should do, English.</summary>
    public required string Advice { get; init; }

    /// <summary>The same in Japanese.</summary>
    public required string AdviceJa { get; init; }

    /// <summary>Whether partners are affected; absent where it is not known.</summary>
    public bool? Affected { get; init; }

    /// <summary>How much is affected; absent where it is not known or nothing is.</summary>
    public NoticeFacts? Facts { get; init; }

    /// <summary>When it will be over, as far as it can be foreseen.</summary>
    public DateTimeOffset? Forecast { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When this stage was told first.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was over; absent while it is not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How long it lasted in seconds; absent while it is not over.</summary>
    public long? LastedSeconds { get; init; }

    /// <summary>How often it has come and gone meanwhile.</summary>
    public int Flaps { get; init; }
}

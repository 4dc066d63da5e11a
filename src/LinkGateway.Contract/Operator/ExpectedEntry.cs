namespace LinkGateway.Contract.Operator;

/// <summary>A file that must come by a time.</summary>
public sealed record ExpectedEntry
{
    /// <summary>Who sends it.</summary>
    public required string Origin { get; init; }

    /// <summary>Its interface.</summary>
    public required string InterfaceId { get; init; }

    /// <summary>For whom; absent: for whomever.</summary>
    public string? Receiver { get; init; }

    /// <summary>From when files count.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>By when one must have come.</summary>
    public required DateTimeOffset By { get; init; }

    /// <summary>When the first came; absent while none has.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>How it stands.</summary>
    public required ExpectedState State { get; init; }

    /// <summary>What it is, or whom to call.</summary>
    public required string Text { get; init; }
}

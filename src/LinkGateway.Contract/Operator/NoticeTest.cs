namespace LinkGateway.Contract.Operator;

/// <summary>Whether notices arrive: a test notice went by every sink.</summary>
public sealed record NoticeTest
{
    /// <summary>What became of it, by sink.</summary>
    public required IReadOnlyList<NoticeTestSink> Sinks { get; init; }
}

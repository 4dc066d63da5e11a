namespace LinkGateway.Contract.Operator;

/// <summary>What became of a test notice by one sink.</summary>
public sealed record NoticeTestSink
{
    /// <summary>Id of the sink.</summary>
    public required string Sink { get; init; }

    /// <summary>Whether it was taken.</summary>
    public required bool Taken { get; init; }

    /// <summary>What the sink answered, or why it did not.</summary>
    public required string Text { get; init; }
}

namespace LinkGateway.Contract.Watching;

/// <summary>Which files of a watched folder are meant, and when one is whole.</summary>
public sealed record WatchRules
{
    /// <summary>Names that are meant, with * and ? in them; compared exactly.</summary>
    public IReadOnlyList<string> Files { get; init; } = ["*"];

    /// <summary>How a whole file is known.</summary>
    public CompleteRule Complete { get; init; } = CompleteRule.Stable;

    /// <summary>For <see cref="CompleteRule.Stable"/>: for how long neither size nor time may have changed.</summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For <see cref="CompleteRule.Marker"/>: what the name of the other file has behind the file's own.</summary>
    public string MarkerSuffix { get; init; } = ".end";
}

namespace LinkGateway.Client.Watching;

/// <summary>What came of one look at a watched folder.</summary>
/// <param name="Sent">The files that were worked on, in order.</param>
/// <param name="Growing">How many there are that time alone may make whole.</param>
/// <param name="Failure">Why no more files were tried: the gateway is not available, or refuses who sends; null when all were.</param>
public sealed record FolderRound(IReadOnlyList<SentFile> Sent, int Growing, SentFile? Failure);

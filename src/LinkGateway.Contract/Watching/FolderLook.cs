namespace LinkGateway.Contract.Watching;

/// <summary>What one look at a watched folder has found.</summary>
/// <param name="Whole">The files that are whole, by name.</param>
/// <param name="Growing">
/// How many will become whole by the mere passing of time, as far as can be told: nothing else need happen to them.
/// </param>
public sealed record FolderLook(IReadOnlyList<FileFacts> Whole, int Growing);

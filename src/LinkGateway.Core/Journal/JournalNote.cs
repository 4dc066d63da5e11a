namespace LinkGateway.Core.Journal;

/// <summary>A small fact that outlives a restart, such as when something was last done.</summary>
/// <param name="Name">Its name: words with a slash between, the first says whose it is.</param>
/// <param name="Value">Its value, mostly JSON; null takes the fact away.</param>
public sealed record JournalNote(string Name, string? Value);

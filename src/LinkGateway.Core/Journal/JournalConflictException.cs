namespace LinkGateway.Core.Journal;

/// <summary>A row has changed since it was read; nothing of the batch was applied. Read again and decide again.</summary>
/// <param name="what">The row, for the log.</param>
public sealed class JournalConflictException(string what) : Exception($"The journal row {what} has changed since it was read.");

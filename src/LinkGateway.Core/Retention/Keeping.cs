namespace LinkGateway.Core.Retention;

/// <summary>How long a payload is kept.</summary>
/// <param name="Until">Until when; null while nobody knows: something is still to happen, or somebody to decide.</param>
/// <param name="Rule">Why, for the journal and for operators.</param>
sealed record Keeping(DateTimeOffset? Until, string Rule);

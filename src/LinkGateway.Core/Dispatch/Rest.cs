namespace LinkGateway.Core.Dispatch;

/// <summary>Why nothing of a lane may begin now.</summary>
/// <param name="Until">When to look again; null: when something changes, such as a delivery that ends.</param>
readonly record struct Rest(DateTimeOffset? Until);

namespace LinkGateway.Core.Retention;

/// <summary>The newest of the gateway's statements.</summary>
/// <param name="Number">Its number; 0 when there is none.</param>
/// <param name="Sha256">Digest of its document.</param>
sealed record LastStatement(long Number, string? Sha256);

using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Payloads;

/// <summary>What was taken in.</summary>
/// <param name="Length">Bytes received.</param>
/// <param name="Sha256">SHA-256 of them all; null when not asked for.</param>
readonly record struct IntakeResult(long Length, Sha256Digest? Sha256);

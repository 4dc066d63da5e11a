using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Transfers;

/// <summary>What is known of a whole payload.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of the whole.</param>
/// <param name="Root">SHA-256 over the chunk digests.</param>
readonly record struct PayloadFacts(long Size, Sha256Digest Sha256, Sha256Digest Root);

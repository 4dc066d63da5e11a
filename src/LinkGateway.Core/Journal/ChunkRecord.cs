using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Journal;

/// <summary>A chunk that is durable.</summary>
/// <param name="Index">Index from 0.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="Sha256">SHA-256 of the plain bytes.</param>
public readonly record struct ChunkRecord(int Index, long Length, Sha256Digest Sha256);

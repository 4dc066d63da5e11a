using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Inbox;

/// <summary>A place in a payload up to which, from the mark before, the bytes must have a digest.</summary>
/// <param name="End">Offset behind the last byte.</param>
/// <param name="Chunk">The chunk, for whoever must look into it.</param>
/// <param name="Sha256">SHA-256 of the bytes.</param>
readonly record struct InboxMark(long End, int Chunk, Sha256Digest Sha256);

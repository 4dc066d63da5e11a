using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Payloads;

/// <summary>Where the chunks of an upload go; owns their writers.</summary>
interface IIntakeTarget
{
    /// <summary>A chunk begins. Null: it is held already; its bytes are only hashed.</summary>
    ValueTask<IChunkWriter?> BeginChunkAsync(int index, CancellationToken cancellationToken);

    /// <summary>
    /// A chunk's bytes are handed to its writer and hashed. Called while the next chunks are being received, also for
    /// several chunks at once.
    /// </summary>
    ValueTask EndChunkAsync(int index, long length, Sha256Digest digest, CancellationToken cancellationToken);
}

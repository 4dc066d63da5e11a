namespace LinkGateway.Core.Payloads;

/// <summary>
/// Where bytes lie between acceptance and the end of retention. Speaks of logical ranges of the plain payload and never shows a path, so
/// that compressed, encrypted or remote chunks fit behind it.
/// </summary>
/// <remarks>Payload ids are 32 lower-case hexadecimal digits. Failures are <see cref="Files.StorageException"/>. Thread-safe.</remarks>
public interface IPayloadStore
{
    /// <summary>Makes room for a payload, durably as a name; its bytes follow chunk by chunk.</summary>
    /// <param name="payloadId">A new id.</param>
    /// <param name="expectedSize">Bytes to reserve when known, so that a full disk is found before the transfer and not in it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask CreateAsync(string payloadId, long? expectedSize, CancellationToken cancellationToken);

    /// <summary>
    /// Opens one chunk for writing from its beginning. At most one writer a chunk (Core sees to it); chunks may be written in parallel.
    /// </summary>
    ValueTask<IChunkWriter> OpenChunkAsync(string payloadId, long offset, CancellationToken cancellationToken);

    /// <summary>Opens a payload for reading what was completed.</summary>
    ValueTask<IPayloadReader> OpenReaderAsync(string payloadId, CancellationToken cancellationToken);

    /// <summary>Removes a payload, durably; no error when it is not there.</summary>
    ValueTask DeleteAsync(string payloadId, CancellationToken cancellationToken);

    /// <summary>All payloads in the store: for removing strays.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}

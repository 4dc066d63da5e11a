using LinkGateway.Core.Intake;

namespace LinkGateway.Storage.Files;

/// <summary>Limits of <see cref="FilePayloadStore"/>.</summary>
public sealed record FilePayloadStoreOptions
{
    /// <summary>
    /// Spool files that are kept open while nobody uses them, so that the next chunk need not open them again. Default 64.
    /// </summary>
    public int IdleHandles { get; init; } = 64;

    /// <summary>Bytes of a chunk after which their write-back is started, so that the flush at its end is short. Default 1 MiB.</summary>
    public int WriteBackBytes { get; init; } = 1 << 20;

    /// <summary>Told of each write and flush while it runs; null where nobody looks.</summary>
    public StoreWatch? Watch { get; init; }
}

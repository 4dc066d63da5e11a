using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Timing;

namespace LinkGateway.Core.Transfers;

/// <summary>An unfinished transfer in memory: its row, its chunk map, and who is writing to it.</summary>
/// <remarks>
/// Decisions (open, commit, cancel, expire) are made one at a time inside <see cref="TransferRegistry.EnterAsync"/>; chunks are written
/// beside them. <see cref="Record"/> and <see cref="Chunks"/> may be read at any time.
/// </remarks>
sealed class LiveTransfer(TransferIdentity identity)
{
    volatile TransferRecord? _record;

    public TransferIdentity Identity { get; } = identity;

    /// <summary>The row as it is in the journal; null while there is none.</summary>
    public TransferRecord? Record
    {
        get => _record;
        set => _record = value;
    }

    /// <summary>What is durable.</summary>
    public ChunkMap Chunks { get; set; } = new(1, []);

    /// <summary>The attempt that may write.</summary>
    public UploadAttempt Attempt { get; set; } = new(0);

    /// <summary>Follows the contiguous prefix with the whole file's digest; null until somebody needs it.</summary>
    public PrefixHasher? Hasher { get; set; }

    /// <summary>Pulses when a chunk became durable or the state changed.</summary>
    public AsyncSignal Changed { get; } = new();

    /// <summary>When the first byte of the payload came.</summary>
    public DateTimeOffset? FirstByteAt { get; set; }

    /// <summary>When the last byte so far came.</summary>
    public DateTimeOffset LastByteAt { get; set; }

    /// <summary>Still taking chunks.</summary>
    public bool IsUnfinished => Record?.State is TransferState.Open or TransferState.Verifying;

    /// <summary>One decision at a time.</summary>
    public SemaphoreSlim Decisions { get; } = new(1, 1);

    /// <summary>The row here is the one in the journal, as far as is known.</summary>
    public bool Loaded { get; set; }

    /// <summary>No longer in the registry: whoever still holds it must ask again.</summary>
    public bool Evicted { get; set; }

    /// <summary>
    /// Commits a decision and takes its row over. When that fails it is not known whether it was applied: the row is read again before the
    /// next decision.
    /// </summary>
    public async ValueTask CommitAsync(IJournal journal, JournalBatch batch, TransferRecord after, CancellationToken cancellationToken)
    {
        Loaded = false;
        await journal.CommitAsync(batch, cancellationToken);
        Record = after;
        Loaded = true;
    }
}

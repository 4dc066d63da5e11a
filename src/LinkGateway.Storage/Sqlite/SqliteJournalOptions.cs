using LinkGateway.Core.Intake;

namespace LinkGateway.Storage.Sqlite;

/// <summary>Where the journal lies, and its limits.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>
    /// Absolute path of the database file; its folder must exist. Two more files (<c>-wal</c>, <c>-shm</c>) lie beside it.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Queries that run at the same time. Default 4.</summary>
    public int ReadConnections { get; init; } = 4;

    /// <summary>Batches that may wait for the writer; further callers wait before they are queued. Default 1024.</summary>
    public int QueuedBatches { get; init; } = 1024;

    /// <summary>Batches that share one transaction and so one flush, at most. Default 256.</summary>
    public int GroupedBatches { get; init; } = 256;

    /// <summary>Told of each commit while it waits and runs; null where nobody looks.</summary>
    public StoreWatch? Watch { get; init; }
}

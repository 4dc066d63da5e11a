using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using Microsoft.Data.Sqlite;

namespace LinkGateway.Storage.Sqlite;

/// <summary>The embedded journal: one SQLite database in WAL mode, <c>synchronous=FULL</c>, with group commit.</summary>
/// <remarks>
/// <para>A commit ends after the flush of the log that holds it. Commits that wait at the same time share one transaction and one flush; a
/// conflicting one is undone alone. Cancelling a commit ends the wait for a place in the queue; once queued it is applied.</para>
/// <para>One process at a time: the sequence of the receipts rests on there being one writer. Thread-safe.</para>
/// </remarks>
public sealed class SqliteJournal : IJournal, IAsyncDisposable
{
    readonly JournalWriter _writer;
    readonly JournalReaders _readers;
    int _disposed;

    SqliteJournal(SqliteSession session, SqliteJournalOptions options)
    {
        _writer = new JournalWriter(session, options.QueuedBatches, options.GroupedBatches);
        _readers = new JournalReaders(options.Path, options.ReadConnections);
    }

    /// <summary>Opens the journal, makes it when it is not there, and brings its schema up to date.</summary>
    /// <exception cref="StorageException">
    /// It cannot be read or written, or was written by a newer program (<see cref="StorageFailure.Unavailable"/>).
    /// </exception>
    public static SqliteJournal Open(SqliteJournalOptions options) => Open(options, prepare: null);

    /// <summary>Opens, and lets a test prepare the writer's connection.</summary>
    internal static SqliteJournal Open(SqliteJournalOptions options, Action<SqliteSession>? prepare)
    {
        SqliteSession? session = null;
        try
        {
            CreateFile(options.Path);
            session = new SqliteSession(options.Path);
            session.Script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            Schema.Migrate(session);
            prepare?.Invoke(session);
            return new SqliteJournal(session, options);
        }
        catch (SqliteException exception)
        {
            session?.Dispose();
            throw SqliteErrors.From(exception);
        }
        catch (StorageException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StorageException">The medium failed; nothing is known to be durable.</exception>
    public ValueTask CommitAsync(JournalBatch batch, CancellationToken cancellationToken) =>
        _writer.CommitAsync(JournalChange.Of(batch), cancellationToken);

    /// <inheritdoc/>
    public ValueTask ReleaseLeasesAsync(string leaseOwner, CancellationToken cancellationToken) =>
        _writer.CommitAsync(new JournalChange(session => DeliveryRow.ReleaseLeases(session, leaseOwner)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TransferRecord?> FindTransferAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        _readers.QueryAsync(session => TransferRow.Find(session, identity), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ChunkRecord>> ChunksAsync(string payloadId, CancellationToken cancellationToken) =>
        ListAsync(session => PayloadRow.Chunks(session, payloadId, 0, int.MaxValue), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ChunkRecord>> ChunksAsync(string payloadId, int first, int last, CancellationToken cancellationToken) =>
        ListAsync(session => PayloadRow.Chunks(session, payloadId, first, last), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> InlinePayloadAsync(string payloadId, CancellationToken cancellationToken) =>
        _readers.QueryAsync(session => PayloadRow.Inline(session, payloadId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        ListAsync(session => DeliveryRow.Of(session, identity), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeliveryRecord>> SetDeliveriesAsync(string setKey, CancellationToken cancellationToken) =>
        ListAsync(session => DeliveryRow.OfSet(session, setKey), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeliveryRecord>> InboxAsync(
        string? receiver, DeliveryRecord? after, int limit, CancellationToken cancellationToken) =>
        ListAsync(session => DeliveryRow.Inbox(session, receiver, after, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DeliveryRecord?> FindDeliveryAsync(string deliveryId, CancellationToken cancellationToken) =>
        _readers.QueryAsync(session => DeliveryRow.Find(session, deliveryId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LaneHead>> DueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        ListAsync(session => DeliveryRow.DueLanes(session, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeliveryRecord>> DueDeliveriesAsync(
        Lane lane, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ListAsync(session => DeliveryRow.Due(session, lane, now, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LaneLoad>> WaitingAsync(CancellationToken cancellationToken) =>
        ListAsync(DeliveryRow.Waiting, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeliveryRecord>> DueJobsAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ListAsync(session => DeliveryRow.DueJobs(session, now, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeliveryRecord>> LeftInFoldersAsync(int limit, CancellationToken cancellationToken) =>
        ListAsync(session => DeliveryRow.LeftInFolders(session, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        _readers.QueryAsync(session => DeliveryRow.NextDue(session, after), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReceiptRecord>> ReceiptsAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        ListAsync(session => ReceiptRow.Of(session, identity), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReceiptRecord>> ReceiptsSinceAsync(
        string participant, long after, int limit, CancellationToken cancellationToken) =>
        ListAsync(session => ReceiptRow.Since(session, participant, after, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TransferRecord>> ExpiredUploadsAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ListAsync(session => TransferRow.Expired(session, now, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> UnknownPayloadsAsync(IReadOnlyList<string> payloadIds, CancellationToken cancellationToken) =>
        ListAsync(session => payloadIds.Where(id => !TransferRow.NamesPayload(session, id)).ToList(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, DateTimeOffset?>> StraysAsync(
        IReadOnlyList<string> payloadIds, CancellationToken cancellationToken) =>
        _readers.QueryAsync<IReadOnlyDictionary<string, DateTimeOffset?>>(
            session => payloadIds.Where(id => StrayRow.IsStray(session, id)).ToDictionary(id => id, id => StrayRow.FoundAt(session, id)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TransferRecord>> DuePayloadsAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ListAsync(session => TransferRow.Due(session, now, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextPayloadDueAsync(CancellationToken cancellationToken) =>
        _readers.QueryAsync(TransferRow.NextDue, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TransferRecord>> KeptPayloadsAsync(
        TransferIdentity? after, int limit, CancellationToken cancellationToken) =>
        ListAsync(session => TransferRow.Kept(session, after, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PayloadTotals> PayloadTotalsAsync(DateTimeOffset by, CancellationToken cancellationToken) =>
        _readers.QueryAsync(session => TransferRow.Totals(session, by), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TransferRecord>> PastTransfersAsync(
        DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        ListAsync(session => TransferRow.Past(session, before, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string?> PeerCursorAsync(string destinationId, CancellationToken cancellationToken) =>
        _readers.QueryAsync(session => PeerCursorRow.Find(session, destinationId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalEvent>> EventsAsync(TransferIdentity identity, CancellationToken cancellationToken) =>
        ListAsync(session => EventRow.Of(session, identity), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        ListAsync(session => DeliveryRow.Find(session, query), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<DeliveryState, long>> CountDeliveriesAsync(CancellationToken cancellationToken) =>
        _readers.QueryAsync<IReadOnlyDictionary<DeliveryState, long>>(DeliveryRow.Count, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OpenDeliveries>> OpenDeliveriesAsync(CancellationToken cancellationToken) =>
        ListAsync(OpenRow.Groups, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> FirstAcceptedAsync(
        string origin, string interfaceId, string? receiver, DateTimeOffset since, CancellationToken cancellationToken) =>
        _readers.QueryAsync(session => OpenRow.FirstAccepted(session, origin, interfaceId, receiver, since), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TransferRecord>> TransfersAsync(
        string origin, string transferId, CancellationToken cancellationToken) =>
        ListAsync(session => TransferRow.Of(session, origin, transferId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OperatorOrderRecord>> OrdersAsync(long? before, int limit, CancellationToken cancellationToken) =>
        ListAsync(session => OrderRow.Newest(session, before, limit), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OperatorOrderRecord>> OrdersOfAsync(string deliveryId, CancellationToken cancellationToken) =>
        ListAsync(session => OrderRow.Of(session, deliveryId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StandingOrderRecord>> StandingOrdersAsync(CancellationToken cancellationToken) =>
        ListAsync(StandingOrderRow.InForce, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StandingOrderRecord>> NewestStandingOrdersAsync(int limit, CancellationToken cancellationToken) =>
        ListAsync(session => StandingOrderRow.Newest(session, limit), cancellationToken);

    /// <summary>Applies what is queued and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
    }

    // SQLite gives its further files the mode of the database, and would make that readable for everybody.
    static void CreateFile(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path)) return;
        try
        {
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (Exception exception) when (Files.FileErrors.IsFileError(exception))
        {
            throw Files.FileErrors.From(exception, path);
        }
    }

    ValueTask<IReadOnlyList<T>> ListAsync<T>(Func<SqliteSession, IReadOnlyList<T>> query, CancellationToken cancellationToken) =>
        _readers.QueryAsync(query, cancellationToken);
}

using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using static LinkGateway.Testing.Journal.JournalSamples;

namespace LinkGateway.Storage.Tests.Sqlite;

public sealed class SqliteJournalDurabilityTests : IDisposable
{
    static readonly CancellationToken None = CancellationToken.None;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_committed_is_there_after_a_reopen()
    {
        await using (var journal = Open("j.db")) await journal.CommitAsync(Insert("t"), None);
        await using var again = Open("j.db");
        Assert.NotNull(await again.FindTransferAsync(Identity("t"), None));
    }

    [Fact]
    public async Task Disposal_applies_what_is_queued()
    {
        Task[] commits;
        await using (var journal = Open("j.db"))
        {
            commits = [.. Enumerable.Range(0, 100).Select(i => journal.CommitAsync(Insert($"t{i}"), None).AsTask())];
        }

        await Task.WhenAll(commits);
        await using var again = Open("j.db");
        for (var i = 0; i < 100; i++) Assert.NotNull(await again.FindTransferAsync(Identity($"t{i}"), None));
    }

    [Fact]
    public async Task After_a_kill_everything_acknowledged_is_there()
    {
        await using var journal = Open("live.db");
        for (var i = 0; i < 30; i++)
        {
            await journal.CommitAsync(Insert($"t{i}"), None);
            if (i % 10 != 9) continue;

            // The files as a killed process leaves them: no close, no checkpoint, no index of the log.
            File.Copy(_folder.File("live.db"), _folder.File($"killed{i}.db"));
            File.Copy(_folder.File("live.db-wal"), _folder.File($"killed{i}.db-wal"));
            await using var killed = Open($"killed{i}.db");
            for (var held = 0; held <= i; held++) Assert.NotNull(await killed.FindTransferAsync(Identity($"t{held}"), None));
            Assert.Equal(i + 1, (await killed.ReceiptsSinceAsync("142051-kaoku", 0, 100, None)).Count);
        }
    }

    [Fact]
    public async Task A_log_cut_anywhere_holds_whole_batches_and_no_part_of_one()
    {
        await using var journal = Open("live.db");
        for (var i = 0; i < 8; i++) await journal.CommitAsync(Insert($"t{i}"), None);
        var log = await ReadSharedAsync(_folder.File("live.db-wal"));

        var random = new Random(17);
        for (var cut = 0; cut < 20; cut++)
        {
            var name = $"cut{cut}.db";
            File.Copy(_folder.File("live.db"), _folder.File(name));
            await File.WriteAllBytesAsync(_folder.File(name + "-wal"), log[..random.Next(log.Length)]);
            await using var after = Open(name);
            var gone = false;
            for (var i = 0; i < 8; i++)
            {
                var there = await after.FindTransferAsync(Identity($"t{i}"), None) is not null;
                Assert.False(gone && there, "A later commit survived an earlier one.");
                gone = !there;
                Assert.Equal(there ? 1 : 0, (await after.ReceiptsAsync(Identity($"t{i}"), None)).Count);
                Assert.Equal(there ? 1 : 0, (await after.EventsAsync(Identity($"t{i}"), None)).Count);
            }
        }
    }

    [Fact]
    public async Task Of_many_commits_at_once_only_the_conflicting_ones_fail_and_all_others_are_durable()
    {
        await using var journal = Open("j.db");
        await journal.CommitAsync(Insert("taken"), None);
        var commits = Enumerable.Range(0, 300)
            .Select(i => journal.CommitAsync(Insert(i % 50 == 7 ? "taken" : $"t{i}"), None).AsTask())
            .ToArray();
        await Task.WhenAll(commits).ContinueWith(_ => { }, TaskScheduler.Default);

        File.Copy(_folder.File("j.db"), _folder.File("copy.db"));
        File.Copy(_folder.File("j.db-wal"), _folder.File("copy.db-wal"));
        await using var copy = Open("copy.db");
        for (var i = 0; i < commits.Length; i++)
        {
            if (i % 50 == 7) Assert.IsType<JournalConflictException>(commits[i].Exception!.InnerException);
            else Assert.True(commits[i].IsCompletedSuccessfully && await copy.FindTransferAsync(Identity($"t{i}"), None) is not null);
        }
    }

    [Fact]
    public async Task A_reader_that_follows_the_receipts_misses_none()
    {
        await using var journal = Open("j.db");
        var writers = Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var batch = new JournalBatch();
                batch.Receipts.Add(Receipt($"r{w}-{i}", "t"));
                await journal.CommitAsync(batch, None);
            }
        })));

        var seen = new HashSet<string>();
        long cursor = 0;
        while (seen.Count < 200)
        {
            var ended = writers.IsCompleted;
            var receipts = await journal.ReceiptsSinceAsync("142051-kaoku", cursor, 7, None);
            Assert.All(receipts, receipt => Assert.True(receipt.Sequence > cursor && seen.Add(receipt.Content.ReceiptId)));
            if (receipts.Count > 0) cursor = receipts[^1].Sequence;
            else Assert.False(ended, $"{200 - seen.Count} receipts were skipped.");
        }

        await writers;
    }

    [Fact]
    public async Task A_cancelled_call_that_was_not_queued_changes_nothing()
    {
        await using var journal = Open("j.db");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.CommitAsync(Insert("t"), cancelled.Token).AsTask());
        Assert.Null(await journal.FindTransferAsync(Identity("t"), None));
    }

    [Fact]
    public async Task A_closed_journal_says_so()
    {
        var journal = Open("j.db");
        await journal.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.CommitAsync(Insert("t"), None).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.FindTransferAsync(Identity("t"), None).AsTask());
    }

    [Fact]
    public async Task A_journal_of_a_newer_program_is_refused_and_left_alone()
    {
        await using (var journal = Open("j.db")) await journal.CommitAsync(Insert("t"), None);
        var version = Number("PRAGMA user_version");
        Script("PRAGMA user_version = 99");
        var refusal = Assert.Throws<StorageException>(() => Open("j.db"));
        Assert.Contains("schema version 99", refusal.Message, StringComparison.Ordinal);

        Script($"PRAGMA user_version = {version}");
        await using var again = Open("j.db");
        Assert.NotNull(await again.FindTransferAsync(Identity("t"), None));
    }

    [Fact]
    public async Task A_journal_of_before_confirmations_were_noted_knows_which_fetched_files_wait_for_theirs()
    {
        await using (var journal = Open("j.db"))
        {
            var batch = new JournalBatch();
            batch.Transfers.Add(Transfer("open"));
            foreach (var id in new[] { "waits", "goes" }) batch.Transfers.Add(Transfer(id) with { State = TransferState.Accepted });
            batch.Transfers.Add(Transfer("pushed") with { FetchedDelivery = null, FetchedLease = null });
            var waits = Delivery(1, "waits") with { PayloadId = Transfer("waits").PayloadId, OfferedAt = null };
            batch.Deliveries.Add(waits with { NextAttemptAt = null });
            batch.Deliveries.Add(waits with { DeliveryId = Id(2), Transfer = Identity("goes"), PayloadId = Transfer("goes").PayloadId });
            await journal.CommitAsync(batch, None);
        }

        GoBackTo(5);
        await using var again = Open("j.db");

        foreach (var (id, waits) in new[] { ("open", true), ("waits", true), ("goes", false), ("pushed", false) })
            Assert.True(waits == (await again.FindTransferAsync(Identity(id), None))!.AwaitsConfirmation, id);
    }

    [Fact]
    public async Task A_journal_of_before_retention_looks_soon_at_what_it_had_accepted_and_at_nothing_else()
    {
        await using (var journal = Open("j.db"))
        {
            var batch = new JournalBatch();
            foreach (var state in Enum.GetValues<TransferState>())
            {
                // An id that is used again after it expired has no time of acceptance.
                var isAccepted = state is TransferState.Accepted or TransferState.Cancelled;
                batch.Transfers.Add(Transfer($"{state}") with
                {
                    State = state,
                    FetchedDelivery = null,
                    AcceptedAt = isAccepted ? Transfer("").AcceptedAt : null,
                });
            }

            batch.Transfers.Add(Transfer("lost lease") with { State = TransferState.Cancelled });
            await journal.CommitAsync(batch, None);
        }

        GoBackTo(6);
        await using var again = Open("j.db");

        Assert.Equal(
            ["Accepted", "Cancelled"],
            (await again.KeptPayloadsAsync(null, 100, None)).Select(transfer => transfer.Identity.TransferId));
        Assert.Equal(Transfer("").AcceptedAt, await again.NextPayloadDueAsync(None));
        Assert.Null((await again.FindTransferAsync(Identity("Accepted"), None))!.PayloadRemovedAt);
    }

    [Fact]
    public void A_file_that_is_no_journal_is_refused()
    {
        File.WriteAllText(_folder.File("j.db"), new string('x', 5000));
        Assert.Equal(StorageFailure.Unavailable, Assert.Throws<StorageException>(() => Open("j.db")).Failure);
    }

    [Fact]
    public async Task A_full_medium_is_told_apart_and_the_journal_goes_on_when_there_is_room_again()
    {
        await using var journal = Open("j.db", session => session.Script("PRAGMA max_page_count = 60"));
        var big = new JournalBatch();
        big.InlinePayloads.Add((Id(1), new byte[1 << 20]));
        var failure = await Assert.ThrowsAsync<StorageException>(() => journal.CommitAsync(big, None).AsTask());
        Assert.Equal(StorageFailure.Full, failure.Failure);

        await journal.CommitAsync(Insert("t"), None);
        Assert.Equal(TransferState.Open, (await journal.FindTransferAsync(Identity("t"), None))!.State);
        Assert.Null(await journal.InlinePayloadAsync(Id(1), None));
    }

    [Fact]
    public async Task The_log_is_folded_in_and_does_not_grow_for_ever()
    {
        await using var journal = Open("j.db");
        for (var i = 0; i < 100; i++)
        {
            var batch = new JournalBatch();
            batch.InlinePayloads.Add((Id(1), new byte[256 << 10]));
            await journal.CommitAsync(batch, None);
        }

        // 100 commits wrote 25 MiB; with nobody waiting the log is folded in each 1000 pages, about 4 MiB.
        Assert.InRange(new FileInfo(_folder.File("j.db-wal")).Length, 1, 12 << 20);
    }

    /// <summary>
    /// Takes the journal back to an earlier version: whatever tables, columns and indexes that one does not know go, and its own indexes
    /// come back.
    /// </summary>
    void GoBackTo(int version)
    {
        using var earlier = new SqliteSession(_folder.File("earlier.db"));
        Schema.Migrate(earlier, version);
        using var session = new SqliteSession(_folder.File("j.db"));
        var indexes = Names(earlier, "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL");
        foreach (var index in Names(session, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
            session.Script($"DROP INDEX {index}");
        var tables = Names(earlier, Tables);
        foreach (var table in Names(session, Tables))
        {
            if (!tables.Contains(table))
            {
                session.Script($"DROP TABLE {table}");
                continue;
            }

            foreach (var column in Names(session, Columns(table)).Except(Names(earlier, Columns(table))))
                session.Script($"ALTER TABLE {table} DROP COLUMN {column}");
        }

        foreach (var index in indexes) session.Script(index);
        session.Script($"PRAGMA user_version = {version}");
    }

    const string Tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

    static string Columns(string table) => $"SELECT name FROM pragma_table_xinfo('{table}')";

    static List<string> Names(SqliteSession session, string sql) => session.Query(sql, (ref RowReader row) => row.Text());

    SqliteJournal Open(string name, Action<SqliteSession>? prepare = null) =>
        SqliteJournal.Open(new SqliteJournalOptions { Path = _folder.File(name) }, prepare);

    static JournalBatch Insert(string transferId)
    {
        var batch = new JournalBatch();
        batch.Transfers.Add(Transfer(transferId));
        batch.Receipts.Add(Receipt($"receipt of {transferId}", transferId));
        batch.Events.Add(Event(transferId, "Open"));
        return batch;
    }

    static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    void Script(string sql) => Number(sql);

    long Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("j.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long? ?? 0;
    }
}

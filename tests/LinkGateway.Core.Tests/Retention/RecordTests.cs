using System.Text.Json.Nodes;
using LinkGateway.Contract.Archives;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.States;
using LinkGateway.Contract.Statements;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Retention;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Retention;

/// <summary>What retention keeps of what it removes: archives of the journal, and signed statements.</summary>
public sealed class RecordTests : IAsyncDisposable
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly byte[] File = Bytes(2 * ChunkSize);

    // The disks of these tests hold a few files only.
    readonly CoreWorld _world = new(
        configuration: json => (json["limits"]!["diskReserve"], json["limits"]!["diskReserveSmall"]) = (0, 0));
    readonly RecordingFileSystem _archive = new();
    RetentionService _retention;

    public RecordTests() => _retention = Service(_archive);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_was_removed_is_stated_within_a_day_by_transfer_and_rule()
    {
        await DeliverAsync("a");
        _world.Time.Advance(7 * Day);
        await TurnAsync();
        Assert.Empty(Statements());

        _world.Time.Advance(Day);
        await TurnAsync();

        var statement = Assert.Single(Statements());
        Assert.Equal((1, StatementKinds.Purge, "gw-a", "test", null),
            (statement.Number, statement.Kind, statement.Issuer, statement.Environment, statement.Predecessor));
        var entry = Assert.Single(statement.Entries);
        Assert.Equal(("payload", Origin, "a", (long?)File.Length, (Sha256Digest?)Sha256Digest.Of(File)),
            (entry.What, entry.Origin, entry.TransferId, entry.Size, entry.Sha256));
        Assert.Equal($"7.00:00:00 after the delivery to {Receiver}", entry.Rule);
        Assert.Empty(await _world.Journal.PurgedAsync(10, Never));
    }

    [Fact]
    public async Task Statements_are_numbered_and_name_the_digest_of_the_one_before()
    {
        await DeliverAsync("a");
        _world.Time.Advance(8 * Day);
        await TurnAsync();
        await DeliverAsync("b");
        for (var day = 0; day < 10; day++)
        {
            _world.Time.Advance(Day);
            await TurnAsync();
        }

        var statements = Statements();
        Assert.Equal([1, 2], statements.Select(statement => statement.Number));
        Assert.Equal(Sha256Digest.Of(_archive.Content("/archive/statements/statement-000000001.xml")), statements[1].Predecessor);
    }

    [Fact]
    public async Task What_the_journal_forgets_is_archived_whole_and_found_again()
    {
        await ForgetAsync("a");

        Assert.Null(await _world.Journal.FindTransferAsync(Identity("a"), Never));
        var name = Assert.Single(await _world.Journal.ArchivesOfAsync(Origin, "a", Never));
        var archived = Assert.Single(Read(_archive.Content($"/archive/journal/{name}")));
        Assert.Equal((Origin, "a", "Accepted", "a.csv"),
            (archived.Origin, archived.TransferId, archived.State, archived.Manifest.FileName));
        Assert.Equal($"{Sha256Digest.Of(File)}", archived.Sha256);
        Assert.Equal("Delivered", Assert.Single(archived.Deliveries).State);
        Assert.Equal(["accepted", "delivered"], archived.Receipts.Select(receipt => receipt.Kind));
        Assert.Equal(Origin, TestReceipts.Read(archived.Receipts[0].Document).Origin);
        Assert.Contains(archived.Events, entry => entry.Detail.StartsWith("payload removed", StringComparison.Ordinal));
        var details = (await new OperatorQueries(_world.Services).TransfersAsync(Origin, "a", Never)).Value!;
        Assert.Empty(details.Transfers);
        Assert.Equal([name], details.Archives);
    }

    [Fact]
    public async Task An_archive_file_is_closed_by_a_statement_with_its_name_size_and_digest()
    {
        await ForgetAsync("a");

        var statement = Statements().Single(one => one.Kind == StatementKinds.Archive);
        var entry = Assert.Single(statement.Entries);
        var bytes = _archive.Content($"/archive/journal/{entry.Name}");
        Assert.Equal(("file", (long?)bytes.Length, (Sha256Digest?)Sha256Digest.Of(bytes), (long?)1),
            (entry.What, entry.Size, entry.Sha256, entry.Count));
        Assert.EndsWith($"journal-{statement.Number:D9}.jsonl.gz", entry.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_rows_went_is_stated_too()
    {
        await ForgetAsync("a");
        _world.Time.Advance(2 * Day);
        await TurnAsync();

        var gone = Statements().SelectMany(statement => statement.Entries).Single(entry => entry.What == "transfer");
        Assert.Equal("a", gone.TransferId);
        Assert.Contains("archived in ", gone.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_little_goes_there_is_an_archive_file_a_day()
    {
        await DeliverAsync("a");
        _world.Time.Advance(TimeSpan.FromHours(12));
        await DeliverAsync("b");
        await DeliverAsync("c");
        _world.Time.Advance(8 * Day);
        await TurnAsync();

        // The first is too old now, the others will be in an hour.
        _world.Time.Advance((1818 * Day) - TimeSpan.FromHours(1));
        await TurnAsync();
        for (var hour = 0; hour < 60; hour++)
        {
            _world.Time.Advance(TimeSpan.FromHours(1));
            await TurnAsync();
        }

        var files = _archive.Paths.Where(IsArchive).ToList();
        Assert.Equal([1, 2], files.Select(path => Read(_archive.Content(path)).Count()).Order());
    }

    [Fact]
    public async Task A_crash_anywhere_loses_no_row()
    {
        // Each restart comes after a long time that no process has seen.
        _world.Reload(json => json["retention"] = new JsonObject { ["clockJump"] = "3650.00:00:00" });
        await DeliverAsync("a");
        await DeliverAsync("b");
        await AgeAsync();
        var steps = 0;
        var limit = 0;
        for (; steps >= limit; limit++)
        {
            steps = 0;
            _world.Time.Advance(Day);
            _archive.Fault = _ => ++steps > limit ? StorageFailure.Unavailable : null;
            _world.Journal.BeforeCommit = _ =>
            {
                if (++steps > limit) throw new StorageException(StorageFailure.Unavailable, "killed");
            };
            _retention = Service(_archive);
            try
            {
                await TurnAsync();
            }
            catch (StorageException)
            {
                // The process ends here; what is looked for is what it left.
            }

            _world.Journal.BeforeCommit = null;
            _archive.Fault = null;
            foreach (var id in (string[])["a", "b"]) await AssertKeptAsync(id);
        }

        Assert.Null(await _world.Journal.FindTransferAsync(Identity("a"), Never));
        Assert.True(limit > 5, $"only {limit} steps");
    }

    [Fact]
    public async Task What_is_frozen_keeps_its_payload_and_its_rows_until_it_is_unfrozen()
    {
        await DeliverAsync("a");
        await DeliverAsync("b");
        await FreezeAsync("case-7", """{ "origin": "142051-kaoku", "transferId": "a" }""");
        await AgeAsync();
        for (var day = 0; day < 3; day++)
        {
            _world.Time.Advance(Day);
            await TurnAsync();
        }

        Assert.Equal(File, await _world.StoredAsync(Identity("a")));
        Assert.Null(await _world.Journal.FindTransferAsync(Identity("b"), Never));
        var shown = (await new OperatorQueries(_world.Services).TransfersAsync(Origin, "a", Never)).Value!.Transfers.Single();
        Assert.Equal((null, "frozen as case-7"), (shown.PayloadKeptUntil, shown.PayloadRule));

        await FreezeAsync("case-7", null);
        for (var day = 0; day < 3; day++)
        {
            _world.Time.Advance(Day);
            await TurnAsync();
        }

        Assert.Empty(_world.Spool.Paths);
        Assert.Null(await _world.Journal.FindTransferAsync(Identity("a"), Never));
    }

    [Fact]
    public async Task What_is_frozen_while_its_archive_is_written_keeps_its_rows_and_goes_whole_when_it_is_unfrozen()
    {
        await DeliverAsync("a");
        await DeliverAsync("b");
        await AgeAsync();
        _world.Time.Advance(Day);
        var isFrozen = false;
        _archive.Fault = operation =>
        {
            if (isFrozen || operation.Kind != FileOperationKind.Create || !IsArchive(operation.Path)) return null;
            isFrozen = true;
            Assert.True(FreezeAsync("case-7", """{ "origin": "142051-kaoku", "transferId": "a" }""").IsCompletedSuccessfully);
            return null;
        };
        await TurnAsync();

        Assert.True(isFrozen);
        Assert.NotNull(await _world.Journal.FindTransferAsync(Identity("a"), Never));
        Assert.NotEmpty(await _world.Journal.ReceiptsAsync(Identity("a"), Never));
        Assert.Null(await _world.Journal.FindTransferAsync(Identity("b"), Never));
        Assert.Equal(["b"], await GoneAsync());

        await FreezeAsync("case-7", null);
        Assert.Equal(["b", "a"], await GoneAsync());
        Assert.Null(await _world.Journal.FindTransferAsync(Identity("a"), Never));
        foreach (var id in (string[])["a", "b"]) await AssertKeptAsync(id);

        // What a statement says is gone is gone.
        async Task<IEnumerable<string?>> GoneAsync()
        {
            for (var day = 0; day < 3; day++)
            {
                _world.Time.Advance(Day);
                await TurnAsync();
            }

            return Statements().SelectMany(one => one.Entries).Where(entry => entry.What == "transfer").Select(entry => entry.TransferId);
        }
    }

    [Theory]
    [InlineData("""{ "origin": "142051-kaoku" }""", true)]
    [InlineData("""{ "origin": "131016-juki" }""", false)]
    [InlineData("""{ "interfaceId": "kaoku-ido", "receiver": "142051-zei" }""", true)]
    [InlineData("""{ "interfaceId": "kaoku-ido", "receiver": "142051-akiya" }""", false)]
    [InlineData("""{ "from": "2026-04-01T00:00:00+09:00", "until": "2026-04-03T00:00:00+09:00" }""", true)]
    [InlineData("""{ "from": "2026-04-03T00:00:00+09:00" }""", false)]
    public async Task A_freeze_keeps_all_to_which_it_applies(string filter, bool applies)
    {
        await FreezeAsync("all", filter);
        await DeliverAsync("a");
        _world.Time.Advance(30 * Day);
        await TurnAsync();

        Assert.Equal(applies, _world.Spool.Paths.Count > 0);
    }

    [Theory]
    [InlineData("x", "{}")]
    [InlineData("x", "not json")]
    [InlineData("x", """{ "transferId": "a" }""")]
    [InlineData("", """{ "origin": "a" }""")]
    [InlineData("a/b", """{ "origin": "a" }""")]
    public async Task A_freeze_of_everything_or_of_nonsense_is_refused(string name, string filter) =>
        Assert.False((await GiveAsync($"freeze/{name}", filter)).Succeeded);

    [Fact]
    public async Task The_forecast_tells_when_the_disk_will_be_full_by_the_hours_of_the_day()
    {
        _world.Disk.Free = 100 * File.Length;
        for (var hour = 0; hour < 48; hour++)
        {
            // Two files in each hour of the night, none by day.
            if (hour % 24 < 6)
                foreach (var n in (int[])[1, 2]) await DeliverAsync($"{hour}-{n}");
            await TurnAsync();
            _world.Time.Advance(TimeSpan.FromHours(1));
        }

        await TurnAsync();
        var space = (await new SpaceQueries(_world.Services, _world.Disk).SpaceAsync(Never)).Value!;
        Assert.Null(space.FullAt);
        Assert.True(space.BytesPerHour > 0);

        _world.Disk.Free = 13 * File.Length;
        _world.Time.Advance(TimeSpan.FromHours(1));
        await TurnAsync();

        // Twelve files a night, and thirteen fit: the first hour of the night after this one.
        space = (await new SpaceQueries(_world.Services, _world.Disk).SpaceAsync(Never)).Value!;
        Assert.InRange(space.FullAt!.Value, _world.Services.Now.AddHours(20), _world.Services.Now.AddHours(26));
    }

    [Fact]
    public async Task A_disk_that_will_be_full_within_a_day_is_told()
    {
        _world.Disk.Free = 1000L * File.Length;
        for (var hour = 0; hour < 5; hour++)
        {
            await DeliverAsync($"{hour}");
            await TurnAsync();
            _world.Time.Advance(TimeSpan.FromHours(1));
        }

        await TurnAsync();
        Assert.DoesNotContain(_world.Services.Notices.Current, notice => notice.Subject == "forecast");

        _world.Disk.Free = 10 * File.Length;
        _world.Time.Advance(TimeSpan.FromHours(1));
        await TurnAsync();
        Assert.Contains(_world.Services.Notices.Current, notice => notice.Subject == "forecast");

        _world.Disk.Free = 1000L * File.Length;
        _world.Time.Advance(TimeSpan.FromHours(1));
        await TurnAsync();
        Assert.DoesNotContain(_world.Services.Notices.Current, notice => notice.Subject == "forecast");
    }

    RetentionService Service(RecordingFileSystem archive) =>
        new(_world.Services, _world.Transfers, _world.Disk, _world.Removals, new RetentionRecords(archive, "/archive"));

    List<StatementContent> Statements() =>
    [
        .. _archive.Paths.Where(path => path.StartsWith("/archive/statements/", StringComparison.Ordinal))
            .Select(path => TestReceipts.ReadStatement(_archive.Content(path))),
    ];

    static bool IsArchive(string path) => path.StartsWith("/archive/journal/", StringComparison.Ordinal);

    static IEnumerable<ArchivedTransfer> Read(byte[] file) => ArchiveReader.Read(new MemoryStream(file));

    async Task AssertKeptAsync(string id)
    {
        if (await _world.Journal.FindTransferAsync(Identity(id), Never) is not null) return;
        var names = await _world.Journal.ArchivesOfAsync(Origin, id, Never);
        Assert.Contains(names.SelectMany(name => Read(_archive.Content($"/archive/journal/{name}"))), one => one.TransferId == id);
    }

    async Task ForgetAsync(string id)
    {
        await DeliverAsync(id);
        await AgeAsync();
        _world.Time.Advance(Day);
        await TurnAsync();
    }

    /// <summary>Lets five years pass, and the payloads with them.</summary>
    async Task AgeAsync()
    {
        _world.Time.Advance(8 * Day);
        await TurnAsync();
        _world.Time.Advance(1826 * Day);
    }

    async Task DeliverAsync(string id)
    {
        await _world.SubmitAsync(Manifest(id), File);
        var delivery = await _world.DeliveryAsync(Identity(id));
        var transfer = await _world.RowAsync(Identity(id));
        var batch = new JournalBatch();
        batch.Deliveries.Add(delivery with
        {
            State = DeliveryState.Delivered,
            NextAttemptAt = null,
            UpdatedAt = _world.Services.Now,
            Version = delivery.Version + 1,
        });
        batch.Receipts.Add(_world.Transfers.Receipts.Delivered(transfer, delivery, null, _world.Services.Now));
        batch.Events.Add(new JournalEvent(
            _world.Services.Now, Identity(id), delivery.DeliveryId, "Waiting", "Delivered", "delivered"));
        await _world.Journal.CommitAsync(batch, Never);
    }

    async Task FreezeAsync(string name, string? filter) => Assert.True((await GiveAsync($"freeze/{name}", filter)).Succeeded);

    async Task<Contract.Errors.Outcome<Contract.Operator.StandingOrderResult>> GiveAsync(string subject, string? value) =>
        await _world.Services.Standing.GiveAsync(
            _world.Services, subject, value, new GivenOrder(Operator, "a case at court", DryRun: false), Never);

    // One after the other, until there is nothing more to do at once.
    async Task TurnAsync()
    {
        while (await _retention.StepAsync(Never) <= TimeSpan.FromMilliseconds(100))
        {
        }
    }
}

using System.Text;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Notices;
using LinkGateway.Core.Orders;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Watches;

public sealed class WatchTests
{
    const string Marked =
        """{ "complete": "marker", "afterwards": "move", "doneFolder": "/in/done", "errorFolder": "/in/error" }""";

    const string Moving = """{ "afterwards": "move", "doneFolder": "/in/done", "errorFolder": "/in/error" }""";

    static readonly byte[] File = Bytes((2 * ChunkSize) + 100);

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData((2 * ChunkSize) + 100)]
    public async Task A_file_is_taken_in_as_if_its_origin_had_sent_it(int size)
    {
        await using var world = new WatchWorld();
        world.Start();

        await world.PutAsync("houses.csv", Bytes(size));
        await world.UntilTakenAsync(1);

        var transfer = Assert.Single(await world.TransfersAsync());
        Assert.Equal((Origin, Origin, "", 0),
            (transfer.SubmittedBy, transfer.Identity.Origin, transfer.Identity.Receiver, transfer.Identity.Replay));
        Assert.Equal(("houses.csv", Interface, "full", (long?)size),
            (transfer.Manifest.FileName, transfer.Manifest.InterfaceId, transfer.Manifest.Kind, transfer.Manifest.Size));
        Assert.Equal(Bytes(size), await world.World.StoredAsync(transfer.Identity));
        Assert.Single(await world.World.Journal.DeliveriesAsync(transfer.Identity, Never));
    }

    [Fact]
    public async Task A_file_that_is_kept_is_sent_once_also_over_a_restart_and_again_when_it_changes()
    {
        var parts = new WorldParts();
        await using (var first = new WatchWorld(parts: parts))
        {
            first.Start();
            await first.PutAsync("houses.csv", File);
            await first.UntilTakenAsync(1);
            await first.LookAsync();
        }

        await using var second = new WatchWorld(parts: parts with { Seed = 2 });
        second.Start();
        await second.LookAsync();
        Assert.Empty(second.Taken);
        Assert.Single(await second.TransfersAsync());

        await second.PutAsync("houses.csv", Bytes(50, seed: 2));
        await second.UntilTakenAsync(1);
        Assert.Equal(2, (await second.TransfersAsync()).Count);
    }

    [Fact]
    public async Task A_growing_file_is_left_alone_until_it_has_not_changed_for_the_time()
    {
        await using var world = new WatchWorld("""{ "complete": "stable", "stableFor": "00:01:00", "lookEvery": "00:00:10" }""");
        await world.PutAsync("houses.csv", Bytes(100));
        world.Start();
        for (var part = 1; part <= 5; part++)
        {
            await world.PutAsync("houses.csv", Bytes(part * 100));
            await world.LookAsync();
            Assert.Empty(world.Taken);
            Assert.Equal(1, world.Entry.Growing);
        }

        await world.UntilTakenAsync(1);

        Assert.Equal(500, Assert.Single(await world.TransfersAsync()).Size);
        Assert.Equal((1, 0, null), (world.Entry.Taken, world.Entry.Growing, world.Entry.Trouble));
    }

    [Fact]
    public async Task A_marked_file_waits_for_its_marker_and_both_go()
    {
        await using var world = new WatchWorld(
            """{ "complete": "marker", "markerSuffix": ".ok", "afterwards": "move", "doneFolder": "/done" }""");
        world.Start();
        await world.PutAsync("houses.csv", File);
        await world.LookAsync();
        Assert.Empty(world.Taken);

        await world.PutAsync("houses.csv.ok", []);
        await world.UntilTakenAsync(1);

        Assert.Empty(world.Names(WatchWorld.In));
        Assert.Equal(["houses.csv"], world.Names("/done"));
        Assert.Empty(world.Names(WatchWorld.Aside));
    }

    [Fact]
    public async Task A_marker_counts_for_one_file_only()
    {
        await using var world = new WatchWorld("""{ "complete": "marker", "afterwards": "delete" }""");
        world.Start();
        await world.PutAsync("houses.csv", File);
        await world.PutAsync("houses.csv.end", []);
        await world.UntilTakenAsync(1);

        await world.PutAsync("houses.csv", Bytes(10));
        await world.LookAsync();

        Assert.Single(world.Taken);
        Assert.Equal(["houses.csv"], world.Names(WatchWorld.In));
    }

    [Fact]
    public async Task What_is_sent_is_moved_under_a_name_of_its_own_though_each_night_it_is_the_same()
    {
        await using var world = new WatchWorld(Moving);
        world.Start();
        for (var night = 1; night <= 3; night++)
        {
            await world.PutAsync("houses.csv", Bytes(100, seed: night));
            await world.UntilTakenAsync(night);
        }

        Assert.Empty(world.Names(WatchWorld.In));
        Assert.Equal(["houses (2).csv", "houses (3).csv", "houses.csv"], world.Names("/in/done"));
        Assert.Equal(Bytes(100, seed: 2), world.World.Files.Content("/in/done/houses (2).csv"));
    }

    [Fact]
    public async Task What_is_sent_is_deleted_where_that_is_wanted()
    {
        await using var world = new WatchWorld("""{ "afterwards": "delete" }""");
        world.Start();
        await world.PutAsync("houses.csv", File);
        await world.UntilTakenAsync(1);

        Assert.Empty(world.World.Files.Paths);
        Assert.Single(await world.TransfersAsync());
    }

    [Fact]
    public async Task Other_names_hidden_files_and_what_LinkGateway_writes_itself_are_not_meant()
    {
        await using var world = new WatchWorld("""{ "files": ["*.csv", "*.xml", "*.json", "*.tmp"] }""");
        world.Start();
        foreach (var name in new[] { "a.txt", ".b.csv", "c.receipt.xml", "d.csv.error.json", "e.linkgw", "e.linkgw.77.tmp", "f.csv" })
            await world.PutAsync(name, Bytes(10, seed: name.Length));
        await world.UntilTakenAsync(1);
        await world.LookAsync();

        Assert.Equal("f.csv", Assert.Single(world.Taken).File);
    }

    [Fact]
    public async Task The_name_of_a_file_fills_its_manifest()
    {
        await using var world = new WatchWorld(
            """
            { "namePattern":
                "(?<kind>full|change)_(?<baseDate>\\d{8})_(?<ward>[a-z]+)_(?<setIndex>\\d)of(?<setCount>\\d)_(?<setId>.+)\\.csv",
              "manifest": { "charset": "windows-31j", "dataClass": "confidential" } }
            """);
        world.Start();
        await world.PutAsync("change_20261127_kita_1of2_night-7.csv", File);
        await world.UntilTakenAsync(1);

        var manifest = Assert.Single(await world.TransfersAsync()).Manifest;
        Assert.Equal(("change", new DateOnly(2026, 11, 27), "night-7", 1, 2, "windows-31j", "confidential"),
            (manifest.Kind, manifest.BaseDate!.Value, manifest.SetId, manifest.SetIndex!.Value, manifest.SetCount!.Value, manifest.Charset,
                manifest.DataClass));
        Assert.Equal(new NameValue("ward", "kita"), Assert.Single(manifest.Properties));
    }

    [Theory]
    [InlineData("other.csv")]
    [InlineData("full_20261327.csv")]
    public async Task A_file_whose_name_does_not_fit_is_put_away_with_the_reason(string name)
    {
        var watch = JsonNode.Parse(Moving)!;
        watch["namePattern"] = @"(?<kind>full)_(?<baseDate>\d{8})\.csv";
        await using var world = new WatchWorld(watch.ToJsonString());
        world.Start();
        await world.PutAsync(name, File);
        await world.PutAsync("full_20261127.csv", File);
        await world.UntilTakenAsync(1);
        await world.World.DriveAsync(() => world.Refused.Count == 1, "the refusal");

        Assert.Equal([name, name + ".error.json"], world.Names("/in/error"));
        var note = JsonNode.Parse(world.World.Files.Content($"/in/error/{name}.error.json"))!;
        Assert.Equal((ErrorCatalogue.WatchedNameUnfit.Code, name, "kaoku"),
            ((string)note["code"]!, (string)note["file"]!, (string)note["watch"]!));
        Assert.Equal(1, world.Entry.Refused);
        await world.DriveAsync(() => world.World.Services.Notices.Current.Any(one => one.Kind == NoticeKind.FilesRefused), "a notice");

        foreach (var path in world.World.Files.Paths.Where(path => path.StartsWith("/in/error/", StringComparison.Ordinal)))
            await world.World.Files.DeleteAsync(path, Never);
        await world.DriveAsync(() => world.World.Services.Notices.Current.Count == 0, "no notice");
    }

    [Fact]
    public async Task What_is_refused_and_has_no_place_to_go_is_tried_again_when_the_configuration_changes()
    {
        await using var world = new WatchWorld("""{ "manifest": { "kind": "difference" } }""");
        world.Start();
        await world.PutAsync("houses.csv", File);
        await world.World.DriveAsync(() => world.Refused.Count == 1, "the refusal");
        await world.LookAsync();
        Assert.Single(world.Refused);

        world.World.Reload(json =>
        {
            WatchWorld.With("""{ "manifest": { "kind": "difference" } }""")(json);
            json["interfaces"]![0]!["kinds"]!.AsArray().Add("difference");
        });
        await world.UntilTakenAsync(1);

        Assert.Equal(["houses.csv"], world.Names(WatchWorld.In));
    }

    [Fact]
    public async Task The_receipt_is_written_byte_for_byte()
    {
        await using var world = new WatchWorld("""{ "afterwards": "delete", "receiptFolder": "/receipts" }""");
        world.Start();
        await world.PutAsync("houses.csv", File);
        await world.UntilTakenAsync(1);

        var transfer = Assert.Single(await world.TransfersAsync());
        Assert.Equal([$"{transfer.Identity.TransferId}.receipt.xml"], world.Names("/receipts"));
        Assert.Equal(transfer.EntryReceipt!.Value.ToArray(),
            world.World.Files.Content($"/receipts/{transfer.Identity.TransferId}.receipt.xml"));
    }

    [Theory]
    [InlineData("""{ "afterwards": "delete" }""", "")]
    [InlineData("""{ "afterwards": "delete", "complete": "marker" }""", ".end")]
    [InlineData("""{ "afterwards": "move", "doneFolder": "/done" }""", "")]
    public async Task A_file_that_is_replaced_while_it_is_taken_in_is_not_lost(string watch, string marker)
    {
        await using var world = new WatchWorld(watch);
        var replaced = false;
        world.World.Journal.AfterCommit = batch =>
        {
            if (replaced || batch.Receipts.Count == 0) return;
            replaced = true;
            Assert.True(world.PutAsync("houses.csv", Bytes(10, seed: 2)).IsCompletedSuccessfully);
            if (marker.Length > 0) Assert.True(world.PutAsync("houses.csv" + marker, [1]).IsCompletedSuccessfully);
        };
        await world.PutAsync("houses.csv", File);
        if (marker.Length > 0) await world.PutAsync("houses.csv" + marker, []);
        world.Start();
        await world.World.DriveAsync(async () => (await world.TransfersAsync()).Count == 2, $"both; {world.Told}");
        await world.World.DriveAsync(() => world.Names(WatchWorld.In).Count == 0, $"an empty folder; {world.Told}");

        var digests = (await world.TransfersAsync()).Select(transfer => transfer.Sha256!.Value).ToHashSet();
        Assert.Equal([Sha256Digest.Of(File), Sha256Digest.Of(Bytes(10, seed: 2))], digests);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_is_not_accepted_as_it_was()
    {
        await using var world = new WatchWorld();
        var changed = false;
        world.World.Spool.Fault = operation =>
        {
            if (!changed && operation.Kind == FileOperationKind.Write)
            {
                changed = true;
                Assert.True(world.PutAsync("houses.csv", Bytes(10, seed: 2)).IsCompletedSuccessfully);
            }

            return null;
        };
        await world.PutAsync("houses.csv", File);
        world.Start();
        await world.UntilTakenAsync(1);

        Assert.Equal(10, Assert.Single(await world.TransfersAsync()).Size);
    }

    [Fact]
    public async Task Another_content_with_the_same_name_size_and_time_is_refused_and_not_deleted()
    {
        var watch = """{ "afterwards": "delete", "errorFolder": "/error" }""";
        await using var world = new WatchWorld(watch);
        world.World.Files.Fault = operation => operation.Kind == FileOperationKind.CreateDirectory && operation.Path.Contains(".linkgw")
            ? StorageFailure.ReadOnly
            : null;
        await world.PutAsync("houses.csv", File);
        world.Start();

        // Accepted, and not to be taken aside: from then on it is looked at anew.
        await world.DriveAsync(() => !world.Troubles.IsEmpty, "trouble");
        Assert.Single(await world.TransfersAsync());
        world.View.Disguise(Bytes(File.Length, seed: 3), File);
        await world.PutAsync("houses.csv", Bytes(File.Length, seed: 3));
        world.World.Files.Fault = null;

        await world.World.DriveAsync(() => !world.Refused.IsEmpty, "the refusal");

        Assert.Equal(ErrorCatalogue.IdentityTaken, world.Refused.First().Refusal.Error);
        Assert.Equal(Bytes(File.Length, seed: 3), world.World.Files.Content("/error/houses.csv"));
    }

    [Fact]
    public async Task Trouble_of_the_gateway_is_no_fault_of_the_file()
    {
        await using var world = new WatchWorld(Moving);
        var broken = true;
        world.World.Journal.BeforeCommit = batch =>
        {
            if (broken && batch.Transfers.Count > 0) throw new StorageException(StorageFailure.Full, "no room");
        };
        await world.PutAsync("houses.csv", File);
        world.Start();
        await world.World.DriveAsync(() => !world.Troubles.IsEmpty, "trouble");
        Assert.NotNull(world.Entry.Trouble);
        Assert.Empty(world.Refused);

        broken = false;
        await world.UntilTakenAsync(1);
        await world.World.DriveAsync(() => world.Entry.Trouble is null, "no trouble");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_and_looked_for_again()
    {
        await using var world = new WatchWorld();
        world.Start();
        world.View.IsMounted = false;
        await world.PutAsync("houses.csv", File);
        await world.World.DriveAsync(() => world.Entry.Trouble is not null, "trouble");

        world.View.IsMounted = true;
        await world.UntilTakenAsync(1);
        await world.World.DriveAsync(() => world.Entry.Trouble is null, "no trouble");
    }

    [Fact]
    public async Task Nothing_is_taken_in_of_an_origin_that_is_suspended_until_it_is_resumed()
    {
        await using var world = new WatchWorld(Moving);
        await SuspendAsync(world, "yes");
        await world.PutAsync("houses.csv", File);
        world.Start();
        await world.DriveAsync(() => world.Entry.Trouble is not null, "trouble");
        await world.LookAsync();
        Assert.Equal(["houses.csv"], world.Names(WatchWorld.In));
        Assert.Single(world.Troubles);

        await SuspendAsync(world, null);
        await world.UntilTakenAsync(1);
    }

    [Fact]
    public async Task A_file_whose_origin_is_suspended_while_it_is_taken_in_stays_and_goes_when_it_is_resumed()
    {
        await using var world = new WatchWorld(Marked);
        var ordered = false;

        // The look has begun: the marker is looked at just before its file is taken in.
        world.View.BeforeFind = async path =>
        {
            if (ordered || path != "/in/houses.csv.end") return;
            ordered = true;
            await SuspendAsync(world, "yes");
        };
        await world.PutAsync("houses.csv", File);
        await world.PutAsync("houses.csv.end", []);
        world.Start();
        await world.DriveAsync(() => world.Entry.Trouble is not null, "trouble");
        await world.LookAsync();

        Assert.Equal(["houses.csv", "houses.csv.end"], world.Names(WatchWorld.In));
        Assert.Empty(world.Refused);
        Assert.Empty(world.Names("/in/error"));

        await SuspendAsync(world, null);
        await world.UntilTakenAsync(1);
        Assert.Equal(["houses.csv"], world.Names("/in/done"));
    }

    [Fact]
    public async Task A_long_name_is_never_cut_within_a_character_for_the_id()
    {
        // As in 𠮷野家, whose first character takes two places, here the fiftieth and the one after it.
        var name = new string('a', 49) + "𠮷野家.csv";
        await using var world = new WatchWorld(Moving);
        world.Start();
        await world.PutAsync(name, File);
        await world.UntilTakenAsync(1);

        var transfer = Assert.Single(await world.TransfersAsync());
        Assert.Equal(name, transfer.Manifest.FileName);
        Assert.EndsWith("-" + new string('a', 49), transfer.Identity.TransferId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0xD842)]
    [InlineData(0, 0xDFB7)]
    [InlineData(60, 0xD842)]
    [InlineData(60, 0xFFFF)]
    public async Task A_name_that_is_no_text_is_refused_once_with_the_reason(int before, int broken)
    {
        // Windows lets names hold half a surrogate pair; no manifest can.
        var name = new string('a', before) + (char)broken + ".csv";
        await using var world = new WatchWorld(Moving);
        await world.PutAsync(name, File);
        await world.PutAsync("houses.csv", File);
        world.Start();
        await world.UntilTakenAsync(1);
        await world.DriveAsync(() => !world.Refused.IsEmpty, "the refusal");
        await world.LookAsync();

        Assert.Equal("houses.csv", Assert.Single(world.Taken).File);
        Assert.Single(world.Refused);
        Assert.Empty(world.Troubles);
        Assert.Empty(world.Names(WatchWorld.In));
        Assert.Equal([name, name + ".error.json"], world.Names("/in/error"));
        var note = JsonNode.Parse(world.World.Files.Content($"/in/error/{name}.error.json"))!;
        Assert.Equal(ErrorCatalogue.FieldInvalid.Code, (string)note["code"]!);
        Assert.Contains("manifest.fileName", (string)note["text"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Moving, new[] { "" })]
    [InlineData(Marked, new[] { "", ".end" })]
    public async Task Refused_files_of_one_name_lie_beside_each_other_each_with_its_reason(string settings, string[] endings)
    {
        const int nights = 3;
        var watch = JsonNode.Parse(settings)!;
        watch["namePattern"] = "full_.*";
        await using var world = new WatchWorld(watch.ToJsonString());
        world.Start();
        for (var night = 1; night <= nights; night++)
        {
            foreach (var ending in endings) await world.PutAsync("houses.csv" + ending, Bytes(100, seed: night + ending.Length));
            await world.DriveAsync(() => world.Refused.Count == night, $"refusal {night}");
        }

        await world.LookAsync();

        Assert.Equal(nights, world.Refused.Count);
        Assert.Empty(world.Names(WatchWorld.In));
        var names = Enumerable.Range(1, nights).Select(night => night == 1 ? "houses.csv" : $"houses ({night}).csv").ToList();
        Assert.Equal(
            names.SelectMany(name => endings.Append(".error.json").Select(ending => name + ending)).Order(StringComparer.Ordinal),
            world.Names("/in/error"));
        foreach (var (index, name) in names.Index())
        {
            foreach (var ending in endings)
                Assert.Equal(Bytes(100, seed: index + 1 + ending.Length), world.World.Files.Content($"/in/error/{name}{ending}"));
            Assert.Equal(
                "houses.csv", (string)JsonNode.Parse(world.World.Files.Content($"/in/error/{name}.error.json"))!["file"]!);
        }
    }

    [Fact]
    public async Task What_comes_into_the_error_folder_at_the_last_moment_is_not_overwritten()
    {
        var watch = JsonNode.Parse(Moving)!;
        watch["namePattern"] = "full_.*";
        await using var world = new WatchWorld(watch.ToJsonString());

        // The name was free when it was chosen; then the reason is written, and then the file is moved.
        world.World.Files.Fault = Once(
            operation => operation is { Kind: FileOperationKind.Rename, Target: "/in/error/houses.csv.error.json" },
            () => WatchWorld.PutAsync(world.World.Files, "/in/error/houses.csv", [1]));
        await world.PutAsync("houses.csv", File);
        world.Start();
        await world.DriveAsync(() => !world.Refused.IsEmpty, "the refusal");

        Assert.Equal((byte[])[1], world.World.Files.Content("/in/error/houses.csv"));
        Assert.Equal(File, world.World.Files.Content("/in/error/houses (2).csv"));
        Assert.Contains("houses (2).csv.error.json", world.Names("/in/error"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newer_file_that_comes_while_the_older_is_put_away_goes_back_and_waits_for_a_marker_of_its_own(bool isMarked)
    {
        await using var world = new WatchWorld(Marked);

        var hasCome = false;

        // What is too large is refused under whatever name it comes.
        world.World.Reload(json =>
        {
            WatchWorld.With(Marked)(json);
            json["participants"]!.AsArray().First(item => (string?)item!["id"] == Origin)!["quotas"] =
                new JsonObject { ["bytesInFlight"] = 1000 };
        });
        world.World.Files.Fault = Once(
            operation => operation.Kind == FileOperationKind.Create && operation.Path.StartsWith("/in/error/", StringComparison.Ordinal),
            async () =>
            {
                hasCome = true;
                await world.PutAsync("houses.csv", Bytes(10, seed: 2));
                if (isMarked) await world.PutAsync("houses.csv.end", [1]);
            });
        await world.PutAsync("houses.csv", File);
        await world.PutAsync("houses.csv.end", []);
        world.Start();
        if (!isMarked)
        {
            await world.DriveAsync(() => hasCome, "the refusal of the older one");
            await world.LookAsync();

            // The marker that was there was the older file's: this one may still be being written.
            Assert.Empty(world.Taken);
            Assert.Equal(["houses.csv"], world.Names(WatchWorld.In));
            await world.PutAsync("houses.csv.end", [1]);
        }

        await world.UntilTakenAsync(1);

        Assert.Equal(10, Assert.Single(await world.TransfersAsync()).Size);
        Assert.Empty(world.Refused);
        Assert.Empty(world.Names(WatchWorld.In));
        Assert.Empty(world.Names("/in/error"));
        Assert.Equal(Bytes(10, seed: 2), world.World.Files.Content("/in/done/houses.csv"));
    }

    [Fact]
    public async Task A_file_that_is_kept_longer_than_the_journal_remembers_it_is_not_sent_again_until_it_changes()
    {
        var parts = new WorldParts();
        await using (var first = new WatchWorld(parts: parts))
        {
            first.Start();
            await first.PutAsync("houses.csv", File);
            await first.UntilTakenAsync(1);
        }

        var sent = Assert.Single(await parts.Journal.KeptPayloadsAsync(null, 10, Never));
        var batch = new JournalBatch();
        batch.Archived.Add((sent.Identity, "2031-04/journal-000000001.jsonl.gz"));
        batch.Forgotten.Add(sent);
        await parts.Journal.CommitAsync(batch, Never);

        await using var second = new WatchWorld(parts: parts with { Seed = 2 });
        second.Start();
        await second.LookAsync();
        Assert.Empty(second.Taken);
        Assert.Empty(await second.TransfersAsync());
        Assert.Equal(["houses.csv"], second.Names(WatchWorld.In));

        await second.PutAsync("houses.csv", Bytes(50, seed: 2));
        await second.UntilTakenAsync(1);
        Assert.Equal(50, Assert.Single(await second.TransfersAsync()).Size);
    }

    [Fact]
    public async Task A_cancelled_transfer_is_not_sent_again()
    {
        await using var world = new WatchWorld();
        world.Start();
        await world.PutAsync("houses.csv", File);
        await world.UntilTakenAsync(1);
        Assert.True((await world.World.CancelAsync(Assert.Single(world.Taken).TransferId)).Succeeded);
        var parts = new WorldParts
        {
            Journal = world.World.Journal,
            Files = world.World.Files,
            Spool = world.World.Spool,
            Time = world.World.Time,
            Seed = 2,
        };
        await world.StopAsync();

        await using var again = new WatchWorld(parts: parts);
        again.Start();
        await again.LookAsync();

        Assert.Empty(again.Taken);
        Assert.Empty(again.Refused);
    }

    [Fact]
    public async Task A_watch_that_is_taken_out_of_the_configuration_looks_no_more()
    {
        await using var world = new WatchWorld();
        world.Start();
        await world.LookAsync();
        world.World.Reload(_ => { });
        await world.World.DriveAsync(() => world.World.Services.Schedules.Entries.Count == 0, "nothing to do");

        await world.PutAsync("houses.csv", Encoding.UTF8.GetBytes("a"));
        world.World.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(await world.TransfersAsync());
    }

    static async Task SuspendAsync(WatchWorld world, string? value) => Assert.True((await world.World.Services.Standing.GiveAsync(
        world.World.Services, $"suspend/{Origin}", value, new GivenOrder(Operator, "they asked", DryRun: false), Never)).Succeeded);

    /// <summary>A fault that is none, but lets something happen just before the first operation that is meant.</summary>
    static Func<FileOperation, StorageFailure?> Once(Func<FileOperation, bool> isMeant, Func<Task> happen)
    {
        var hasHappened = false;
        return operation =>
        {
            if (hasHappened || !isMeant(operation)) return null;
            hasHappened = true;
            Assert.True(happen().IsCompletedSuccessfully);
            return null;
        };
    }
}

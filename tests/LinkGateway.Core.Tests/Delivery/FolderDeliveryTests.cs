using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

public class FolderDeliveryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData((2 * ChunkSize) + 1)]
    public async Task A_file_is_published_with_its_control_file(int size)
    {
        await using var world = new CoreWorld();
        await world.StartAsync();
        var file = Bytes(size);
        await world.SubmitAsync(Manifest("a", file) with { FileName = "家屋 & 1.csv", RecordCount = 12, Charset = "utf-8" }, file);

        var delivery = await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(["/out/家屋 & 1.csv", "/out/家屋 & 1.csv.ctl.json"], world.Files.Paths);
        Assert.Equal(file, world.Files.Content("/out/家屋 & 1.csv"));
        var control = Control(world.Files, "家屋 & 1.csv");
        var row = await world.RowAsync(Identity("a"));
        Assert.Equal(
            ("家屋 & 1.csv", delivery.DeliveryId, Origin, "a", Receiver, 0),
            (Text(control, "file"), Text(control, "deliveryId"), Text(control, "origin"), Text(control, "transferId"),
                Text(control, "receiver"), control.GetProperty("replay").GetInt32()));
        Assert.Equal((size, 12L, row.ChunkSize), (Number(control, "size"), Number(control, "recordCount"), Number(control, "chunkSize")));
        Assert.Equal((Sha256Digest.Of(file).ToString(), row.Root.ToString()), (Text(control, "sha256"), Text(control, "root")));
        Assert.Equal(row.EntryReceipt!.Value.ToArray(), control.GetProperty("acceptedReceiptDocument").GetBytesFromBase64());
    }

    [Fact]
    public async Task An_empty_file_that_was_opened_and_committed_is_published_too()
    {
        await using var world = new CoreWorld();
        await world.StartAsync();
        var attempt = (await world.OpenAsync(Manifest("a", []))).Value!.Attempt;
        await world.CommitAsync("a", attempt, []);

        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Empty(world.Files.Content("/out/a.csv"));
    }

    [Fact]
    public async Task The_delivered_receipt_follows_the_accepted_one()
    {
        await using var world = new CoreWorld();
        await world.StartAsync();
        var answer = await world.SubmitAsync(Manifest("a"), Bytes(10));

        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        var delivered = (await world.Journal.ReceiptsAsync(Identity("a"), Never))[^1].Content;
        Assert.Equal((ReceiptKind.Delivered, Receiver), (delivered.Kind, delivered.Receiver));
        Assert.Equal(Sha256Digest.Of(answer.Value!.Receipt!.ReceiptDocument), delivered.Predecessor);
        Assert.NotNull(delivered.DeliveredAt);
    }

    [Fact]
    public async Task Nothing_is_seen_before_it_is_durable()
    {
        await using var world = new CoreWorld();
        world.Journal.BeforeCommit = batch =>
        {
            foreach (var delivery in batch.Deliveries.Where(delivery => delivery.State >= DeliveryState.Publishing))
                world.Files.Mark($"journal {delivery.State}");
        };
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));
        var id = (await world.UntilAsync(Identity("a"), DeliveryState.Delivered)).DeliveryId;

        var operations = world.Files.Operations
            .Where(operation => operation.Kind != FileOperationKind.Write)
            .Select(operation => operation.ToString().Replace(id, "1", StringComparison.Ordinal));

        Assert.Equal(
            [
                "CreateDirectory /out",
                "CreateDirectory /out/.linkgw",
                "Create /out/.linkgw/1.part",
                "Flush /out/.linkgw/1.part",
                "Create /out/.linkgw/1.ctl.new",
                "Flush /out/.linkgw/1.ctl.new",
                "Rename /out/.linkgw/1.ctl.new -> /out/.linkgw/1.ctl",
                "FlushDirectory /out/.linkgw",
                "Mark journal Publishing",
                "Rename /out/.linkgw/1.part -> /out/a.csv",
                "FlushDirectory /out",
                "FlushDirectory /out/.linkgw",
                "Rename /out/.linkgw/1.ctl -> /out/a.csv.ctl.json",
                "FlushDirectory /out",
                "FlushDirectory /out/.linkgw",
                "Mark journal Delivered",
            ],
            operations);
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.csv.ctl.json")]
    public async Task A_name_that_is_taken_holds_the_delivery(string taken)
    {
        await using var world = new CoreWorld();
        await PutFileAsync(world.Files, taken);
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));

        var held = await world.UntilAsync(Identity("a"), DeliveryState.Held);

        Assert.Equal("LG-6003", held.LastErrorCode);
        Assert.Contains("a.csv", held.LastErrorText, StringComparison.Ordinal);
        Assert.Equal("old"u8.ToArray(), world.Files.Content($"{Folder}/{taken}"));
        Assert.Equal([$"{Folder}/{taken}"], world.Files.Paths);
    }

    [Fact]
    public async Task A_name_that_is_taken_gets_a_number_where_the_destination_says_so()
    {
        await using var world = new CoreWorld(configuration: OnExists("number"));
        await PutFileAsync(world.Files, "a.csv");
        await PutFileAsync(world.Files, "a (2).csv");
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));

        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(Bytes(10), world.Files.Content("/out/a (3).csv"));
        Assert.Equal("a (3).csv", Text(Control(world.Files, "a (3).csv"), "file"));
        Assert.Equal("old"u8.ToArray(), world.Files.Content("/out/a.csv"));
    }

    [Fact]
    public async Task A_file_of_that_name_is_replaced_where_the_destination_says_so()
    {
        await using var world = new CoreWorld(configuration: OnExists("replace"));
        await PutFileAsync(world.Files, "a.csv");
        await PutFileAsync(world.Files, "a.csv.ctl.json");
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));

        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(Bytes(10), world.Files.Content("/out/a.csv"));
        Assert.Equal("a", Text(Control(world.Files, "a.csv"), "transferId"));
    }

    [Theory]
    [InlineData("refuse", null)]
    [InlineData("number", "a (2).csv")]
    [InlineData("replace", "a.csv")]
    public async Task A_name_that_is_taken_in_the_last_moment_is_seen(string onExists, string? published)
    {
        await using var world = new CoreWorld(configuration: OnExists(onExists));
        world.Journal.BeforeCommit = batch =>
        {
            if (batch.Deliveries.Any(delivery => delivery.State == DeliveryState.Publishing) && !world.Files.Paths.Contains("/out/a.csv"))
                Assert.True(PutFileAsync(world.Files, "a.csv").IsCompletedSuccessfully);
        };
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));

        var delivery = await world.UntilAsync(Identity("a"), published is null ? DeliveryState.Held : DeliveryState.Delivered);

        if (published is null) Assert.Equal("LG-6003", delivery.LastErrorCode);
        else Assert.Equal((published, published), (delivery.PublishedName, Text(Control(world.Files, published), "file")));
        Assert.Equal(published == "a.csv" ? Bytes(10) : "old"u8.ToArray(), world.Files.Content("/out/a.csv"));
    }

    [Fact]
    public async Task Many_files_of_one_name_all_arrive()
    {
        await using var world = new CoreWorld(configuration: OnExists("number"));
        await world.StartAsync();
        for (var i = 0; i < 12; i++) await world.SubmitAsync(Manifest($"t{i}") with { FileName = "a.csv" }, Bytes(10 + i));

        for (var i = 0; i < 12; i++)
        {
            var delivery = await world.DriveAsync(Identity($"t{i}"), DeliveryState.Delivered);
            Assert.Equal(Bytes(10 + i), world.Files.Content($"/out/{delivery.PublishedName}"));
            Assert.Equal(delivery.DeliveryId, Text(Control(world.Files, delivery.PublishedName!), "deliveryId"));
        }

        Assert.Equal(24, world.Files.Paths.Count);
    }

    [Fact]
    public async Task Files_that_replace_each_other_at_once_leave_one_with_its_own_control_file()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var world = new CoreWorld(configuration: OnExists("replace"));
            var random = new Random(round);
            for (var i = 0; i < 4; i++) await world.SubmitAsync(Manifest($"t{i}") with { FileName = "a.csv" }, Bytes(10 + i));
            await world.StartAsync(new SlowFileSystem(world.Files, () => Task.Delay(Next(random, 4))));

            for (var i = 0; i < 4; i++) await world.UntilAsync(Identity($"t{i}"), DeliveryState.Delivered);

            Assert.Equal(["/out/a.csv", "/out/a.csv.ctl.json"], world.Files.Paths);
            Assert.Equal(Text(Control(world.Files, "a.csv"), "sha256"), Sha256Digest.Of(world.Files.Content("/out/a.csv")).ToString());
        }

        static int Next(Random random, int end)
        {
            lock (random) return random.Next(end);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("set")]
    public async Task What_was_begun_to_be_published_is_finished_where_it_began(string? set)
    {
        await using var world = new CoreWorld();
        world.Files.Fault = operation =>
            operation is { Kind: FileOperationKind.Rename, Target: "/out/a.csv" } ? StorageFailure.Unavailable : null;
        await world.StartAsync();
        var manifest = set is null ? Manifest("a") : Manifest("a") with { SetId = set, SetIndex = 1, SetCount = 1 };
        await world.SubmitAsync(manifest, Bytes(10));
        await world.DriveAsync(
            Identity("a"),
            delivery => delivery is { State: DeliveryState.Publishing, LastErrorCode: not null },
            "a publication that stands");

        await world.Files.CreateDirectoryAsync("/moved/.linkgw", Never);
        world.Reload(json => json["destinations"]![0]!["path"] = "/moved");
        world.Time.Advance(TimeSpan.FromHours(1));
        var attempts = (await world.DeliveryAsync(Identity("a"))).Attempts;
        var still = await world.DriveAsync(
            Identity("a"), delivery => delivery.Attempts > attempts && delivery.LeaseOwner is null, "another try");
        Assert.Equal(DeliveryState.Publishing, still.State);
        Assert.DoesNotContain("/out", still.LastErrorText, StringComparison.Ordinal);
        world.Files.Fault = null;
        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(Bytes(10), world.Files.Content("/out/a.csv"));
        Assert.Equal(2, world.Files.Paths.Count);
        Assert.All(world.Files.Paths, path => Assert.Equal("/out", Path.GetDirectoryName(path)));
    }

    [Fact]
    public async Task Bytes_that_the_disk_has_changed_are_not_delivered()
    {
        await using var world = new CoreWorld();
        await world.SubmitAsync(Manifest("a"), Bytes(3 * ChunkSize));
        await using (var spooled = await world.Spool.OpenAsync(Assert.Single(world.Spool.Paths), writable: true, Never))
            await spooled.WriteAsync(ChunkSize + 7, new byte[] { 1, 2, 3 }, Never);
        await world.StartAsync();

        var held = await world.UntilAsync(Identity("a"), DeliveryState.Held);

        Assert.Equal("LG-5002", held.LastErrorCode);
        Assert.Contains("chunk 1", held.LastErrorText, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Files.Paths, path => !path.StartsWith("/out/.linkgw/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_system_that_fails_once_at_any_step_delays_the_delivery_and_does_not_repeat_it()
    {
        var steps = int.MaxValue;
        for (var failing = 0; failing < steps; failing++)
        {
            await using var world = new CoreWorld();
            var step = 0;
            await world.StartAsync();
            world.Files.Fault = _ => step++ == failing ? StorageFailure.Unavailable : null;
            await world.SubmitAsync(Manifest("a"), Bytes(10));

            await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

            Assert.Equal(["/out/a.csv", "/out/a.csv.ctl.json"], world.Files.Paths);
            Assert.Equal(Bytes(10), world.Files.Content("/out/a.csv"));
            Assert.Single(
                await world.Journal.ReceiptsAsync(Identity("a"), Never), receipt => receipt.Content.Kind == ReceiptKind.Delivered);
            if (world.Events.Crashes.IsEmpty) steps = failing;
        }

        Assert.InRange(steps, 10, 100);
    }

    internal static Action<JsonNode> OnExists(string what) => json => json["destinations"]![0]!["onExists"] = what;

    internal static JsonElement Control(RecordingFileSystem files, string name) =>
        JsonDocument.Parse(files.Content($"{Folder}/{name}.ctl.json")).RootElement;

    internal static string Text(JsonElement control, string name) => control.GetProperty(name).GetString()!;

    static long Number(JsonElement control, string name) => control.GetProperty(name).GetInt64();

    internal static async Task PutFileAsync(RecordingFileSystem files, string name)
    {
        await files.CreateDirectoryAsync(Folder, Never);
        await using var handle = await files.CreateAsync($"{Folder}/{name}", 0, Never);
        await handle.WriteAsync(0, "old"u8.ToArray(), Never);
        await handle.FlushAsync(Never);
    }
}

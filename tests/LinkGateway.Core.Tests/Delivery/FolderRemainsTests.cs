using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Files;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.Inbox;
using LinkGateway.Core.Tests.Orders;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>Nothing stays in the gateway's own folder of a delivery that ends unpublished, however it ends.</summary>
public sealed class FolderRemainsTests : IAsyncDisposable
{
    static readonly byte[] File = Bytes(2 * ChunkSize);

    readonly WorldParts _parts = new();
    readonly CoreWorld _world;

    public FolderRemainsTests()
    {
        _world = new CoreWorld(parts: _parts);
        _parts.Journal.BeforeCommit = batch =>
        {
            if (batch.Deliveries.All(delivery => delivery.State != DeliveryState.Publishing)) return;
            Assert.True(FolderDeliveryTests.PutFileAsync(_parts.Files, "a.csv").IsCompletedSuccessfully);
        };
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_was_held_with_its_files_ready_leaves_none_when_it_is_cancelled()
    {
        await HoldAsync();

        await new OrderDesk(_world).DoneAsync(OrderKind.Cancel, Identity("a"));

        await _world.DriveAsync(() => _parts.Files.Paths is ["/out/a.csv"], "an empty folder");
        await _world.UntilAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Cancelled, Folder: null }, "a word of it");
    }

    [Fact]
    public async Task What_was_cancelled_before_the_gateway_stopped_leaves_none_after_the_next_start()
    {
        await HoldAsync();
        await _world.StopAsync();
        await new OrderDesk(_world).DoneAsync(OrderKind.Cancel, Identity("a"));
        Assert.Equal(3, _parts.Files.Paths.Count);

        await using var next = new CoreWorld(parts: _parts with { Seed = 2 });
        await next.StartAsync();

        await next.DriveAsync(() => _parts.Files.Paths is ["/out/a.csv"], "an empty folder");
    }

    [Fact]
    public async Task A_share_that_is_not_mounted_is_not_taken_for_clean_and_is_looked_at_again()
    {
        await HoldAsync();
        _parts.Files.Fault = operation =>
            operation.Path.StartsWith("/out/.linkgw", StringComparison.Ordinal) ? StorageFailure.NotFound : null;
        await new OrderDesk(_world).DoneAsync(OrderKind.Cancel, Identity("a"));
        await _world.DriveAsync(() => !_world.Events.Crashes.IsEmpty, "a word of it");
        Assert.Equal(Folder, (await _world.DeliveryAsync(Identity("a"))).Folder);

        _parts.Files.Fault = null;
        _world.Time.Advance(TimeSpan.FromMinutes(11));

        await _world.DriveAsync(() => _parts.Files.Paths is ["/out/a.csv"], "an empty folder");
        await _world.UntilAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Cancelled, Folder: null }, "a word of it");
    }

    [Fact]
    public async Task What_fails_leaves_no_part_of_a_file()
    {
        await using var world = new CoreWorld(configuration: json => json["routes"]![0]!["retry"] = new JsonObject { ["attempts"] = 1 });
        var writes = 0;
        world.Files.Fault = operation => operation.Kind == FileOperationKind.Write && ++writes > 1 ? StorageFailure.Full : null;
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), File);

        await world.DriveAsync(Identity("a"), DeliveryState.Failed);

        await world.DriveAsync(() => world.Files.Paths.Count == 0, "an empty folder");
    }

    [Fact]
    public async Task What_goes_to_another_place_leaves_no_part_of_a_file_in_the_first()
    {
        await using var world = new CoreWorld(configuration: json => OrTo(json, "/other"));
        var first = "";
        world.Files.Fault = operation =>
        {
            if (operation.Kind == FileOperationKind.Create && first.Length == 0) first = operation.Path;
            return operation.Kind == FileOperationKind.Write && operation.Path == first ? StorageFailure.Full : null;
        };
        await world.StartAsync();
        await world.Files.CreateDirectoryAsync("/other", Never);
        await world.SubmitAsync(Manifest("a"), File);

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);

        Assert.StartsWith("/out/.linkgw/", first, StringComparison.Ordinal);
        Assert.Equal(["/other/a.csv", "/other/a.csv.ctl.json"], world.Files.Paths);
    }

    [Fact]
    public async Task What_goes_to_another_place_at_once_touches_nothing_in_the_first_which_is_known_to_be_in_trouble()
    {
        await using var world = new CoreWorld(configuration: json => OrTo(json, "/other"));
        await world.StartAsync();
        foreach (var folder in (string[])["/out/.linkgw", "/other"]) await world.Files.CreateDirectoryAsync(folder, Never);
        world.Services.Health.Missed("folder", world.Services.Now);
        var touched = new ConcurrentQueue<FileOperation>();
        world.Files.Fault = operation =>
        {
            if (!operation.Path.StartsWith(Folder, StringComparison.Ordinal)) return null;
            touched.Enqueue(operation);
            return StorageFailure.Unavailable;
        };

        await world.SubmitAsync(Manifest("a"), File);
        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);

        Assert.Equal(["/other/a.csv", "/other/a.csv.ctl.json"], world.Files.Paths);
        Assert.Empty(touched);
    }

    [Fact]
    public async Task What_is_cancelled_while_it_is_copied_leaves_no_part_of_a_file()
    {
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Store.BeforeRead = async (_, _) =>
        {
            reading.TrySetResult();
            await gate.Task;
        };
        await _world.SubmitAsync(Manifest("a"), File);
        await _world.StartAsync();
        await reading.Task.WaitAsync(TimeSpan.FromMinutes(3));
        var desk = new OrderDesk(_world);
        await desk.DoneAsync(OrderKind.Hold, Identity("a"));
        await desk.DoneAsync(OrderKind.Cancel, Identity("a"));

        gate.SetResult();

        await _world.DriveAsync(Identity("a"), delivery => delivery is { State: DeliveryState.Cancelled, Folder: null }, "a word of it");
        // The attempt may get as far as to ask for Publishing, in vain; then somebody else's file is there.
        Assert.DoesNotContain(_parts.Files.Paths, path => path.StartsWith("/out/.linkgw/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waited_for_its_set_leaves_none_when_it_is_cancelled()
    {
        await _world.StartAsync();
        await _world.SubmitAsync(Manifest("a") with { SetId = "s", SetIndex = 1, SetCount = 2 }, File);
        await _world.UntilAsync(Identity("a"), delivery => delivery.LastErrorText is not null, "held");
        Assert.Single(_parts.Files.Paths);

        await _world.CancelAsync("a");

        await _world.DriveAsync(() => _parts.Files.Paths.Count == 0, "an empty folder");
    }

    [Fact]
    public async Task What_a_former_program_held_for_its_set_leaves_none_when_it_is_cancelled()
    {
        await _world.StartAsync();
        await _world.SubmitAsync(Manifest("a") with { SetId = "s", SetIndex = 1, SetCount = 2 }, File);
        await _world.UntilAsync(Identity("a"), delivery => delivery.LastErrorText is not null, "held");
        await _world.ChangeAsync(row => row with { Folder = null, NextAttemptAt = _world.Services.Now });

        await _world.UntilAsync(
            Identity("a"),
            delivery => delivery is { Folder: WorldConfiguration.Folder, State: DeliveryState.Held, LeaseOwner: null },
            "its folder");
        await _world.CancelAsync("a");

        await _world.DriveAsync(() => _parts.Files.Paths.Count == 0, "an empty folder");
    }

    [Fact]
    public async Task What_a_former_program_began_to_publish_is_finished_there_when_the_destination_leads_elsewhere()
    {
        await using var world = new CoreWorld();
        world.Files.Fault = operation =>
            operation.Kind == FileOperationKind.Rename && operation.Path.EndsWith(".part", StringComparison.Ordinal)
                ? StorageFailure.Unavailable
                : null;
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), File);
        await world.UntilAsync(Identity("a"), IsAtRest, "a publication that failed");
        await world.ChangeAsync(row => row with { Folder = null, NextAttemptAt = world.Services.Now });
        await world.UntilAsync(Identity("a"), delivery => IsAtRest(delivery) && delivery.Attempts > 1, "the next attempt");
        await world.Files.CreateDirectoryAsync("/new/.linkgw", Never);

        world.Reload(json => json["destinations"]![0]!["path"] = "/new");
        world.Files.Fault = null;

        await world.DriveAsync(Identity("a"), DeliveryState.Delivered);
        Assert.Equal([$"{Folder}/a.csv", $"{Folder}/a.csv.ctl.json"], world.Files.Paths);

        static bool IsAtRest(DeliveryRecord delivery) =>
            delivery is { State: DeliveryState.Publishing, LeaseOwner: null, NextAttemptAt: not null };
    }

    [Fact]
    public async Task A_set_whose_control_file_could_not_be_finished_leaves_none_of_it_when_it_is_cancelled()
    {
        _parts.Files.Fault = operation =>
            operation.Kind == FileOperationKind.Rename && operation.Path.EndsWith(".ctl.new", StringComparison.Ordinal)
                ? StorageFailure.Full
                : null;
        await _world.StartAsync();
        foreach (var (index, id) in ((string[])["a", "b"]).Index())
            await _world.SubmitAsync(Manifest(id) with { SetId = "s", SetIndex = index + 1, SetCount = 2 }, File);
        await _world.DriveAsync(
            () => _parts.Files.Paths.Any(path => path.EndsWith(".ctl.new", StringComparison.Ordinal)), "a control file");

        foreach (var id in (string[])["a", "b"]) await _world.CancelAsync(id);

        await _world.DriveAsync(() => _parts.Files.Paths.Count == 0, "an empty folder");
    }

    /// <summary>A delivery whose name was taken by somebody else when all was ready: its data and its control file lie inside.</summary>
    async Task HoldAsync()
    {
        await _world.StartAsync();
        await _world.SubmitAsync(Manifest("a"), File);
        await _world.UntilAsync(Identity("a"), DeliveryState.Held);
        Assert.Equal(3, _parts.Files.Paths.Count);
    }
}

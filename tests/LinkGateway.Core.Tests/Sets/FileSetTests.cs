using System.Text.Json;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Sets;

public sealed class FileSetTests : IAsyncDisposable
{
    readonly CoreWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    static Manifest Member(int index, int count = 3, string set = "tax-2026") =>
        Manifest($"m{index}") with { SetId = set, SetIndex = index, SetCount = count };

    Task<Contract.Errors.Outcome<Contract.Messages.AcceptResult>> SubmitAsync(int index, int count = 3) =>
        _world.SubmitAsync(Member(index, count), Bytes(ChunkSize + index, seed: index));

    IEnumerable<string> Published => _world.Files.Paths.Where(path => !path.Contains("/.linkgw/", StringComparison.Ordinal));

    [Fact]
    public async Task The_files_of_a_set_appear_together_with_one_control_file()
    {
        await _world.StartAsync();
        foreach (var index in (int[])[3, 1])
        {
            await SubmitAsync(index);
            var held = await _world.UntilAsync(Identity($"m{index}"), delivery => delivery.LastErrorText is not null, "held");
            Assert.Equal((DeliveryState.Held, "LG-6012"), (held.State, held.LastErrorCode));
        }

        Assert.Empty(Published);
        await SubmitAsync(2);
        foreach (var index in (int[])[1, 2, 3]) await _world.DriveAsync(Identity($"m{index}"), DeliveryState.Delivered);

        var control = Assert.Single(Published, path => path.EndsWith(".set.ctl.json", StringComparison.Ordinal));
        Assert.Equal(["/out/m1.csv", "/out/m2.csv", "/out/m3.csv"], Published.Where(path => path != control).Order());
        using var stated = JsonDocument.Parse(_world.Files.Content(control));
        Assert.Equal("tax-2026", stated.RootElement.GetProperty("setId").GetString());
        Assert.Equal(
            ["m1.csv", "m2.csv", "m3.csv"],
            stated.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("file").GetString()));
        Assert.Equal(Bytes(ChunkSize + 2, seed: 2), _world.Files.Content("/out/m2.csv"));
    }

    [Fact]
    public async Task Each_file_of_a_set_has_its_own_delivered_receipt()
    {
        await _world.StartAsync();
        foreach (var index in (int[])[1, 2, 3]) await SubmitAsync(index);
        foreach (var index in (int[])[1, 2, 3])
        {
            await _world.DriveAsync(Identity($"m{index}"), DeliveryState.Delivered);
            Assert.Equal(2, (await _world.Journal.ReceiptsAsync(Identity($"m{index}"), Never)).Count);
        }
    }

    [Fact]
    public async Task A_file_that_states_another_count_is_refused()
    {
        await SubmitAsync(1);
        Assert.Equal("LG-2013", (await SubmitAsync(2, count: 4)).Refusal?.Code);
        Assert.Equal("LG-2013", (await _world.OpenAsync(Member(2, count: 4))).Refusal?.Code);
    }

    [Fact]
    public async Task A_set_that_is_not_complete_in_time_is_given_up_whole()
    {
        await _world.StartAsync();
        foreach (var index in (int[])[1, 3]) await SubmitAsync(index);
        foreach (var index in (int[])[1, 3])
            await _world.UntilAsync(Identity($"m{index}"), delivery => delivery.LastErrorText is not null, "held");

        _world.Time.Advance(TimeSpan.FromDays(7));

        foreach (var index in (int[])[1, 3])
        {
            var ended = await _world.DriveAsync(Identity($"m{index}"), DeliveryState.Cancelled);
            Assert.Equal("LG-6013", ended.LastErrorCode);
        }

        await _world.DriveAsync(() => _world.Files.Paths.Count == 0, "what was laid ready to go");
        Assert.Empty(_world.Events.Crashes);
    }

    [Fact]
    public async Task A_look_that_was_planned_by_a_clock_that_was_ahead_does_not_wait_for_that_time()
    {
        await _world.StartAsync();
        await SubmitAsync(1);
        await _world.UntilAsync(Identity("m1"), delivery => delivery is { LastErrorText: not null, LeaseOwner: null }, "held");

        _world.Time.Advance(-TimeSpan.FromDays(1));
        _world.Services.DeliveriesChanged.Pulse();

        // Whoever was to find the set complete may have been stopped before it looked: then this one publishes it.
        var soon = _world.Services.Now + TimeSpan.FromMinutes(10);
        await _world.UntilAsync(Identity("m1"), delivery => delivery.NextAttemptAt <= soon, "a look by the right clock");
    }

    [Fact]
    public async Task A_name_that_is_taken_holds_the_set_and_nothing_of_it_is_seen()
    {
        await _world.StartAsync();
        await using (await _world.Files.CreateAsync("/out/m2.csv", 0, Never)) { }
        foreach (var index in (int[])[1, 2, 3]) await SubmitAsync(index);

        await Waiting.UntilAsync(
            async () => (await _world.Journal.SetDeliveriesAsync((await _world.DeliveryAsync(Identity("m1"))).SetKey!, Never))
                .Any(delivery => delivery is { State: DeliveryState.Held, LastErrorCode: "LG-6003" }),
            () => "a member held for its name");

        Assert.Equal(["/out/m2.csv"], Published);
    }

    [Fact]
    public async Task Sets_of_one_name_but_of_different_receivers_do_not_mix()
    {
        await _world.StartAsync();
        await _world.SubmitAsync(Member(1, 2) with { Receivers = [Receiver] }, Bytes(10));
        await _world.SubmitAsync(Member(2, 2) with { Receivers = [OtherReceiver] }, Bytes(10));
        foreach (var index in (int[])[1, 2])
            Assert.Equal("LG-6012", (await _world.UntilAsync(Identity($"m{index}"), DeliveryState.Held)).LastErrorCode);
    }

    [Fact]
    public async Task Files_that_were_laid_ready_at_another_place_are_brought_to_their_set()
    {
        await using var world = new CoreWorld(configuration: json => OrTo(json, "/other"));
        await world.StartAsync();
        await world.Files.CreateDirectoryAsync("/other", Never);
        world.Services.Health.Missed("folder", world.Services.Now);
        await world.SubmitAsync(Member(1, 2), Bytes(10, seed: 1));
        await world.UntilAsync(Identity("m1"), delivery => delivery.LastErrorText is not null, "held");
        Assert.Equal("other-place", (await world.DeliveryAsync(Identity("m1"))).DestinationId);
        await world.DriveAsync(
            () => world.Services.Health.IsWell("folder", TimeSpan.FromMinutes(5), world.Services.Now), "the folder to be well");

        await world.SubmitAsync(Member(2, 2), Bytes(20, seed: 2));
        foreach (var index in (int[])[1, 2]) await world.DriveAsync(Identity($"m{index}"), DeliveryState.Delivered);

        // Whichever of the two looks first gathers the set at its place.
        var place = Path.GetDirectoryName(Assert.Single(
            world.Files.Paths, path => path.EndsWith(".set.ctl.json", StringComparison.Ordinal)));
        Assert.Equal(Bytes(10, seed: 1), world.Files.Content($"{place}/m1.csv"));
        Assert.Equal(Bytes(20, seed: 2), world.Files.Content($"{place}/m2.csv"));
    }

    [Fact]
    public async Task Of_two_files_that_find_their_set_complete_at_once_one_publishes_it()
    {
        var writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _world.StartAsync(new SlowFileSystem(_world.Files, beforeCreate: path =>
            path.EndsWith(".ctl.new", StringComparison.Ordinal) && writing.TrySetResult() ? gate.Task : Task.CompletedTask));
        await _world.SubmitAsync(Member(1, 2), Bytes(10, seed: 1));
        await _world.UntilAsync(Identity("m1"), delivery => delivery is { LastErrorText: not null, LeaseOwner: null }, "held");

        // The second file has found the set complete, and stands before it writes the control file: now the first looks again.
        await _world.SubmitAsync(Member(2, 2), Bytes(20, seed: 2));
        await writing.Task.WaitAsync(TimeSpan.FromMinutes(3));
        await LookAgainAsync("m1");
        await _world.UntilAsync(Identity("m1"), delivery => delivery.LeaseOwner is not null || Published.Any(), "a second look");

        // It has every chance to publish what the other is about to: a mistake ends this early, and nothing is lost when it takes longer.
        for (var chance = 0; chance < 200 && !Published.Any(); chance++) await Task.Delay(1);
        gate.SetResult();
        foreach (var index in (int[])[1, 2]) await _world.DriveAsync(Identity($"m{index}"), DeliveryState.Delivered);

        Assert.Single(
            _world.Files.Operations,
            operation => operation.Kind == FileOperationKind.Rename
                && operation.Target!.EndsWith(".set.ctl.json", StringComparison.Ordinal));
        Assert.Equal(3, Published.Count());
        Assert.Equal(3, _world.Files.Paths.Count);
        foreach (var index in (int[])[1, 2])
        {
            var receipts = await _world.Journal.ReceiptsAsync(Identity($"m{index}"), Never);
            Assert.Single(receipts, receipt => receipt.Content.Kind == ReceiptKind.Delivered);
        }
    }

    async Task LookAgainAsync(string transferId)
    {
        var row = await _world.DeliveryAsync(Identity(transferId));
        var batch = new JournalBatch();
        batch.Deliveries.Add(row with { NextAttemptAt = _world.Services.Now, Version = row.Version + 1 });
        await _world.Journal.CommitAsync(batch, Never);
        _world.Services.DeliveriesChanged.Pulse();
    }

    [Fact]
    public async Task A_set_that_was_given_up_takes_no_more_files()
    {
        await _world.StartAsync();
        await SubmitAsync(1);
        await _world.UntilAsync(Identity("m1"), delivery => delivery.LastErrorText is not null, "held");
        _world.Time.Advance(TimeSpan.FromDays(7));
        await _world.DriveAsync(Identity("m1"), DeliveryState.Cancelled);

        Assert.Equal("LG-2013", (await SubmitAsync(2)).Refusal?.Code);
    }
}

using System.Text.Json;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Replay;

/// <summary>A receiver gets sets whole, copies too.</summary>
public sealed class SetReplayTests : IAsyncDisposable
{
    readonly CoreWorld _world = new(configuration: json => json["destinations"]![0]!["onExists"] = "number");
    readonly ReplayDesk _desk;

    public SetReplayTests() => _desk = new ReplayDesk(_world);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task One_file_of_a_set_brings_the_whole_set_under_one_number()
    {
        await DeliverAsync();

        var answer = await _desk.OrderAsync(Identity("m2"));
        await _desk.DoneAsync();
        foreach (var index in (int[])[1, 2, 3])
        {
            await _world.DriveAsync(
                async () => (await _desk.DeliveriesAsync(Identity($"m{index}"))).Count(row => row.State == DeliveryState.Delivered) == 2,
                $"the copy of m{index}");
        }

        Assert.Equal(3, answer.Copies);
        var controls = _world.Files.Paths.Where(path => path.EndsWith(".set.ctl.json", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, controls.Count);
        Assert.Equal([0, 1], controls.Select(ReplayIn).Order());
    }

    [Fact]
    public async Task A_set_of_which_a_file_cannot_be_copied_stays_whole_as_it_is()
    {
        await DeliverAsync();
        var row = (await _desk.DeliveriesAsync(Identity("m3")))[0];
        var batch = new Core.Journal.JournalBatch();
        batch.Deliveries.Add(row with { State = DeliveryState.InDoubt, Version = row.Version + 1 });
        await _world.Journal.CommitAsync(batch, Never);

        var one = (await _desk.DeliveriesAsync(Identity("m1")))[0].DeliveryId;
        var plan = await _desk.PlanAsync(new ReplayRequest { Deliveries = [one] });

        Assert.Equal((0L, 3L), (plan.Copies, plan.Skips));
        Assert.All(plan.Entries, entry => Assert.Contains("m3 is InDoubt", entry.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_of_a_set_that_another_has_replaced_is_not_copied_again_in_parts()
    {
        await DeliverAsync();
        await _desk.OrderAsync(Identity("m2"));
        await CopiedAsync(1);

        // The number of one file was taken where it was sent to, and the others went.
        var refused = (await _desk.DeliveriesAsync(Identity("m1")))[1];
        var batch = new Core.Journal.JournalBatch();
        batch.Deliveries.Add(refused with
        {
            State = DeliveryState.Failed,
            LastErrorCode = ErrorCatalogue.ReplayTaken.Code,
            Version = refused.Version + 1,
        });
        await _world.Journal.CommitAsync(batch, Never);
        await _desk.OrderAsync(new ReplayRequest { OrderId = "order-2", Deliveries = [refused.DeliveryId] });
        await CopiedAsync(2);

        var one = (await _desk.DeliveriesAsync(Identity("m2")))[1].DeliveryId;
        var plan = await _desk.PlanAsync(new ReplayRequest { Deliveries = [one] });

        Assert.Equal((0L, 3L), (plan.Copies, plan.Skips));
        Assert.All(plan.Entries, entry => Assert.Contains("m1 is Failed: copy 2 was made since", entry.Text, StringComparison.Ordinal));
    }

    /// <summary>Waits until each file of the set was delivered under a number.</summary>
    async Task CopiedAsync(int replay)
    {
        foreach (var index in (int[])[1, 2, 3])
        {
            await _world.DriveAsync(
                async () => (await _desk.DeliveriesAsync(Identity($"m{index}")))
                    .Any(row => row.Replay == replay && row.State == DeliveryState.Delivered),
                $"copy {replay} of m{index}");
        }
    }

    async Task DeliverAsync()
    {
        await _world.StartAsync();
        _world.StartReplays();
        foreach (var index in (int[])[1, 2, 3])
        {
            var manifest = Manifest($"m{index}") with { SetId = "tax", SetIndex = index, SetCount = 3 };
            await _world.SubmitAsync(manifest, Bytes(ChunkSize + index, seed: index));
        }

        foreach (var index in (int[])[1, 2, 3]) await _world.DriveAsync(Identity($"m{index}"), DeliveryState.Delivered);
    }

    int ReplayIn(string control)
    {
        using var stated = JsonDocument.Parse(_world.Files.Content(control));
        return stated.RootElement.GetProperty("replay").GetInt32();
    }
}

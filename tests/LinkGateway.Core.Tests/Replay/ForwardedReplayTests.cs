using LinkGateway.Contract.Operator;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Replay;

/// <summary>Replays over three gateways: A takes in, B hands on, C publishes.</summary>
public sealed class ForwardedReplayTests : IAsyncLifetime
{
    static readonly byte[] File = Bytes((2 * ChunkSize) + 1);

    readonly CoreWorld _a;
    readonly CoreWorld _b;
    readonly CoreWorld _c;
    readonly DirectPeer _fromB;

    public ForwardedReplayTests()
    {
        _a = new CoreWorld("gw-a", json => RouteTo(json, "gw-b"));
        _b = new CoreWorld("gw-b", json => RouteTo(json, "gw-c"), new WorldParts { Time = _a.Time, Seed = 2 });
        _c = new CoreWorld("gw-c", json => json["destinations"]![0]!["onExists"] = "number", new WorldParts { Time = _a.Time, Seed = 3 });
        _a.ConnectTo(_b);
        _fromB = _b.ConnectTo(_c);
    }

    public async Task InitializeAsync()
    {
        foreach (var world in (CoreWorld[])[_a, _b, _c])
        {
            await world.StartAsync();
            world.StartReplays();
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var world in (CoreWorld[])[_a, _b, _c]) await world.DisposeAsync();
    }

    [Fact]
    public async Task A_copy_ordered_at_the_entry_arrives_as_that_copy_and_its_receipts_come_back()
    {
        await DeliverAsync("a");

        await new ReplayDesk(_a).OrderAsync(Identity("a"));
        var copy = await CopyAsync(_a, 1, DeliveryState.Delivered);

        Assert.Equal(File, _c.Files.Content("/out/a (2).csv"));
        Assert.Equal(
            [("gw-b", "Accepted"), ("gw-c", "Accepted"), ("gw-c", "Delivered")],
            (await _a.Journal.ReceiptsAsync(Identity("a"), Never)).Where(receipt => receipt.DeliveryId == copy.DeliveryId)
                .Select(receipt => (receipt.Content.Issuer, $"{receipt.Content.Kind}")).Distinct().Order());
        var atC = await _c.RowAsync(ForwardIdentity("a") with { Replay = 1 });
        Assert.Equal((TransferState.Accepted, 2), (atC.State, atC.Hops.Count));
    }

    [Fact]
    public async Task A_copy_ordered_at_the_last_gateway_is_known_at_the_entry_by_its_receipt_and_its_number_is_taken()
    {
        await DeliverAsync("a");

        await new ReplayDesk(_c).OrderAsync(ForwardIdentity("a"));
        await CopyAsync(_a, 1, DeliveryState.Delivered);
        var learned = await _a.Journal.ReceiptsAsync(Identity("a"), Never);
        Assert.Contains(learned, receipt => receipt.Content is { Replay: 1, Issuer: "gw-c", Kind: ReceiptKind.Delivered });

        await new ReplayDesk(_a).OrderAsync(Identity("a"));
        await CopyAsync(_a, 2, DeliveryState.Delivered);

        Assert.Equal(["/out/a (2).csv", "/out/a (3).csv", "/out/a.csv"], Published());
    }

    [Fact]
    public async Task A_number_that_the_last_gateway_has_given_away_is_refused_there_and_the_next_replay_takes_the_next()
    {
        await DeliverAsync("a");

        // No receipt tells the entry of it: the way back is cut.
        var cut = true;
        _fromB.Fault = call => cut && call == "Receipts" ? new PeerFault.NotSent() : null;
        await new ReplayDesk(_c).OrderAsync(ForwardIdentity("a"));
        await CopyAsync(_c, 1, DeliveryState.Delivered);
        await new ReplayDesk(_a).OrderAsync(Identity("a"));
        var failed = await CopyAsync(_a, 1, DeliveryState.Failed);
        Assert.Equal("LG-2380", failed.LastErrorCode);
        Assert.Equal(["/out/a (2).csv", "/out/a.csv"], Published());

        var plan = await new ReplayDesk(_a).PlanAsync(new ReplayRequest { Deliveries = [failed.DeliveryId] });
        Assert.Equal((ReplayAction.Copy, 2), (Assert.Single(plan.Entries).Action, plan.Entries[0].Replay));
        cut = false;
        await new ReplayDesk(_a).OrderAsync(new ReplayRequest { OrderId = "again", Deliveries = [failed.DeliveryId] });
        await CopyAsync(_a, 2, DeliveryState.Delivered);
        Assert.Equal(["/out/a (2).csv", "/out/a (3).csv", "/out/a.csv"], Published());
    }

    [Fact]
    public async Task A_copy_ordered_in_the_middle_goes_on_from_there_and_is_known_at_the_entry()
    {
        await DeliverAsync("a");

        await new ReplayDesk(_b).OrderAsync(ForwardIdentity("a"));
        await CopyAsync(_b, 1, DeliveryState.Delivered);
        await CopyAsync(_a, 1, DeliveryState.Delivered);

        Assert.Equal(["/out/a (2).csv", "/out/a.csv"], Published());
        Assert.Equal([0, 1], (await _a.Journal.DeliveriesAsync(Identity("a"), Never)).Select(row => row.Replay).Order());
    }

    [Fact]
    public async Task Each_number_is_delivered_once_although_answers_are_lost()
    {
        await DeliverAsync("a");
        var lost = 0;
        _fromB.Fault = call => call == "Commit" && ++lost <= 2 ? new PeerFault.AnswerLost() : null;

        await new ReplayDesk(_a).OrderAsync(Identity("a"));
        await CopyAsync(_a, 1, DeliveryState.Delivered);

        Assert.Equal(["/out/a (2).csv", "/out/a.csv"], Published());
    }

    async Task DeliverAsync(string id)
    {
        await _a.SubmitAsync(Manifest(id), File);
        await _a.DriveAsync(Identity(id), DeliveryState.Delivered);
    }

    static async Task<DeliveryRecord> CopyAsync(CoreWorld world, int replay, DeliveryState state)
    {
        DeliveryRecord? copy = null;
        await world.DriveAsync(
            async () =>
            {
                List<DeliveryRecord> rows = [];
                foreach (var transfer in await world.Journal.TransfersAsync(Origin, "a", Never))
                    rows.AddRange(await world.Journal.DeliveriesAsync(transfer.Identity, Never));
                return (copy = rows.LastOrDefault(row => row.Replay == replay))?.State == state;
            },
            $"copy {replay} at {world.Id} is {state}");
        return copy!;
    }

    IEnumerable<string> Published() => _c.Files.Paths
        .Where(path => path.EndsWith(".csv", StringComparison.Ordinal) && !path.Contains("/.linkgw/", StringComparison.Ordinal)).Order();
}

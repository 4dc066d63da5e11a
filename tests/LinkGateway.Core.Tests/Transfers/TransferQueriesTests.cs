using LinkGateway.Contract.Messages;
using LinkGateway.Core.Tests.Delivery;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Transfers;

public class TransferQueriesTests
{
    readonly CoreWorld _world = new();

    [Theory]
    [InlineData(Origin, true)]
    [InlineData(Operator, true)]
    [InlineData("gw-b", true)]
    [InlineData(Stranger, false)]
    [InlineData(Receiver, false)]
    public async Task Only_those_concerned_see_a_transfer(string caller, bool visible)
    {
        await _world.SubmitAsync(Manifest("a"), Bytes(10));
        var reference = new TransferReference { Origin = Origin, TransferId = "a" };

        var status = await _world.Transfers.GetTransferStatusAsync(caller, new GetTransferStatusRequest { Transfer = reference }, Never);
        var receipts = await _world.Transfers.GetReceiptsAsync(caller, new GetReceiptsRequest { Transfer = reference }, Never);

        Assert.Equal(visible ? null : "LG-2001", status.Refusal?.Code);
        Assert.Equal(visible ? null : "LG-2001", receipts.Refusal?.Code);
        if (visible) Assert.Single(receipts.Value!.Receipts);
    }

    [Fact]
    public async Task A_receiver_sees_what_was_forwarded_to_it_alone()
    {
        var forward = new TransferReference { Origin = Origin, TransferId = "a", Receiver = Receiver };
        await _world.Transfers.OpenTransferAsync(
            "gw-b",
            new OpenTransferRequest { Transfer = forward, Manifest = Manifest("a"), Hops = ["gw-b"], ChunkSize = ChunkSize },
            Never);
        var request = new GetTransferStatusRequest { Transfer = forward };

        Assert.True((await _world.Transfers.GetTransferStatusAsync(Receiver, request, Never)).Succeeded);
        Assert.Equal("LG-2001", (await _world.Transfers.GetTransferStatusAsync(OtherReceiver, request, Never)).Refusal?.Code);
    }

    [Fact]
    public async Task A_receiver_sees_of_a_file_for_several_what_is_for_it()
    {
        await using var world = new CoreWorld(configuration: FolderDeliveryTests.OnExists("number"));
        await world.SubmitAsync(Manifest("a") with { Receivers = [Receiver, OtherReceiver] }, Bytes(10));
        await world.StartAsync();
        await Waiting.UntilAsync(
            async () => (await world.Journal.ReceiptsAsync(Identity("a"), Never)).Any(receipt => receipt.Content.Receiver == OtherReceiver),
            () => "the other receiver's receipt");
        var own = new TransferReference { Origin = Origin, TransferId = "a", Receiver = Receiver };

        var status = await world.Transfers.GetTransferStatusAsync(Receiver, new GetTransferStatusRequest { Transfer = own }, Never);
        var receipts = await world.Transfers.GetReceiptsAsync(Receiver, new GetReceiptsRequest { Transfer = own }, Never);

        Assert.Equal(Receiver, Assert.Single(status.Value!.Deliveries).Receiver);
        Assert.DoesNotContain(receipts.Value!.Receipts, receipt => receipt.Receiver == OtherReceiver);
    }

    [Fact]
    public async Task What_is_unknown_and_who_is_unknown_are_said()
    {
        Assert.Equal("LG-2001", (await StatusAsync(Origin, Reference("a"))).Refusal?.Code);
        Assert.Equal("LG-3005", (await StatusAsync("nobody", Reference("a"))).Refusal?.Code);
        Assert.Equal("LG-1002", (await StatusAsync(Origin, new TransferReference())).Refusal?.Code);
        Assert.Equal("LG-2001", (await _world.CommitAsync("a", 1, [])).Refusal?.Code);
        Assert.Equal("LG-2001", (await _world.CancelAsync("a")).Refusal?.Code);
        Assert.Equal("LG-2001", (await _world.PutAsync("a", 1, 0, Bytes(10))).Refusal?.Code);
    }

    [Fact]
    public async Task A_status_states_ranges_expiry_and_deliveries()
    {
        var file = Bytes(4 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a", file))).Value!.Attempt;
        await _world.PutAsync("a", attempt, 0, file);
        await _world.PutAsync("a", attempt, 2, file);

        var status = await _world.StatusAsync("a");

        Assert.Equal(("Open", attempt, (long)ChunkSize, (long?)file.Length), (status.State, status.Attempt, status.ChunkSize, status.Size));
        Assert.Equal([new(0, ChunkSize), new(2 * ChunkSize, ChunkSize)], status.Held);
        Assert.Equal(_world.Services.Now + TimeSpan.FromDays(7), status.ExpiresAt);
        var delivery = Assert.Single(status.Deliveries);
        Assert.Equal((Receiver, "Waiting", "folder"), (delivery.Receiver, delivery.State, delivery.Destination));
        var later = new GetTransferStatusRequest { Transfer = Reference("a"), HeldFrom = ChunkSize };
        Assert.Equal([new(2 * ChunkSize, ChunkSize)], (await _world.Transfers.GetTransferStatusAsync(Origin, later, Never)).Value!.Held);
    }

    [Fact]
    public async Task Receipts_are_listed_from_a_cursor_on()
    {
        for (var i = 0; i < 5; i++) await _world.SubmitAsync(Manifest($"t{i}"), Bytes(10));

        List<string> seen = [];
        string? cursor = null;
        for (var page = 0; page < 4; page++)
        {
            var answer = (await SinceAsync(Origin, cursor, max: 2)).Value!;
            Assert.InRange(answer.Receipts.Count, 0, 2);
            seen.AddRange(answer.Receipts.Select(receipt => receipt.TransferId));
            cursor = answer.Cursor;
        }

        Assert.Equal(["t0", "t1", "t2", "t3", "t4"], seen);
        Assert.Empty((await SinceAsync(Origin, cursor)).Value!.Receipts);
        Assert.Empty((await SinceAsync(Stranger, null)).Value!.Receipts);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1 ")]
    [InlineData("99999999999999999999")]
    public async Task A_cursor_of_somebody_else_is_refused(string cursor) =>
        Assert.Equal("LG-1003", (await SinceAsync(Origin, cursor)).Refusal?.Code);

    [Fact]
    public async Task Who_waits_for_receipts_gets_the_first_that_comes()
    {
        var waiting = SinceAsync(Origin, null, wait: 30);
        await Waiting.UntilAsync(() => _world.Time.Waiting > 0, "patience");
        Assert.False(waiting.IsCompleted);

        await _world.SubmitAsync(Manifest("a"), Bytes(10));

        Assert.Equal("a", Assert.Single((await waiting.WaitAsync(TimeSpan.FromMinutes(3))).Value!.Receipts).TransferId);
    }

    [Fact]
    public async Task Who_waits_in_vain_gets_its_cursor_back()
    {
        await _world.SubmitAsync(Manifest("a"), Bytes(10));
        var cursor = (await SinceAsync(Origin, null)).Value!.Cursor;
        var waiting = SinceAsync(Origin, cursor, wait: 300);
        await Waiting.UntilAsync(() => _world.Time.Waiting > 0, "patience");

        _world.Time.Advance(TimeSpan.FromSeconds(30));

        var answer = await waiting.WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(answer.Value!.Receipts);
        Assert.Equal(cursor, answer.Value.Cursor);
    }

    [Fact]
    public async Task Who_waits_and_goes_away_is_let_go()
    {
        using var gone = new CancellationTokenSource();
        var request = new GetReceiptsSinceRequest { WaitSeconds = 30 };
        var waiting = _world.Transfers.GetReceiptsSinceAsync(Origin, request, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromMinutes(3)));
        Assert.Equal(0, _world.Time.Waiting);
    }

    Task<Contract.Errors.Outcome<TransferStatusResult>> StatusAsync(string caller, TransferReference reference) =>
        _world.Transfers.GetTransferStatusAsync(caller, new GetTransferStatusRequest { Transfer = reference }, Never).AsTask();

    Task<Contract.Errors.Outcome<ReceiptsResult>> SinceAsync(string caller, string? cursor, int? max = null, int? wait = null) =>
        _world.Transfers.GetReceiptsSinceAsync(
            caller, new GetReceiptsSinceRequest { Cursor = cursor, Max = max, WaitSeconds = wait }, Never).AsTask();
}

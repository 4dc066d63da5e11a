using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.Messages.MessageConfiguration;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Replay;

/// <summary>A stored message over two gateways, replayed.</summary>
public sealed class MessageReplayTests : IAsyncLifetime
{
    readonly CoreWorld _a = new("gw-a", Through("gw-b"));
    readonly CoreWorld _b;

    public MessageReplayTests()
    {
        _b = new CoreWorld("gw-b", Through(null, "gw-a"), new WorldParts { Time = _a.Time, Seed = 2 });
        _a.ConnectTo(_b);
    }

    public async Task InitializeAsync()
    {
        await Task.WhenAll(_a.StartAsync(), _b.StartAsync());
        _a.StartReplays();
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task A_copy_of_a_message_is_posted_again_and_has_receipts_of_its_own()
    {
        await _a.SubmitAsync(Message(), Bytes(100));
        await _a.DriveAsync(Identity(MessageId), DeliveryState.Delivered);

        var desk = new ReplayDesk(_a);
        await desk.OrderAsync(Identity(MessageId));
        await _a.DriveAsync(
            async () => (await desk.DeliveriesAsync(Identity(MessageId)))[^1] is { Replay: 1, State: DeliveryState.Delivered },
            "the copy is delivered");

        Assert.Equal(2, _b.Sender.Arrived.Count);
        Assert.Equal([0, 1], _b.Sender.Arrived.Select(arrived => arrived.Post.Replay));
        Assert.Contains(
            await _a.Journal.ReceiptsAsync(Identity(MessageId), Never),
            receipt => receipt.Content is { Kind: ReceiptKind.Delivered, Replay: 1, Issuer: "gw-b" });
    }
}

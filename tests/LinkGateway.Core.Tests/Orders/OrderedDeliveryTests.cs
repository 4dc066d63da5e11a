using LinkGateway.Contract.Operator;
using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.Delivery;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Orders;

/// <summary>What orders do to deliveries that are being carried out.</summary>
public sealed class OrderedDeliveryTests : TwoGateways
{
    [Fact]
    public async Task An_attempt_that_runs_is_cut_off_when_its_delivery_is_held()
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Peer.Before = (call, _) => call == "Commit" && !cut.Task.IsCompleted ? cut.Task : Task.CompletedTask;
        await A.SubmitAsync(Manifest("a"), Bytes(10));
        await Waiting.UntilAsync(() => Peer.Calls.Contains("Commit"), "the commit");

        await new OrderDesk(A).DoneAsync(OrderKind.Hold, Identity("a"));

        await Waiting.UntilAsync(() => !A.Events.Lost.IsEmpty, "the end of the attempt");
        var held = await A.DeliveryAsync(Identity("a"));
        Assert.Equal((DeliveryState.Held, "LG-7004"), (held.State, held.LastErrorCode));
        Assert.Equal(["to-gw-b"], held.Doubts);
        Assert.Empty(A.Events.Crashes);
        cut.SetResult();
    }

    [Fact]
    public async Task What_is_held_and_released_arrives_once()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Peer.Before = (call, _) => call == "Commit" && !answer.Task.IsCompleted ? answer.Task : Task.CompletedTask;

        // What arrives all the same would be proven, and nothing would be left to release.
        Peer.Fault = call => call == "Receipts" ? new PeerFault.NotSent() : null;
        await A.SubmitAsync(Manifest("a"), Bytes(10));
        await Waiting.UntilAsync(() => Peer.Calls.Contains("Commit"), "the commit");
        var desk = new OrderDesk(A);
        await desk.DoneAsync(OrderKind.Hold, Identity("a"));
        answer.SetResult();

        await desk.DoneAsync(OrderKind.Release, Identity("a"));
        Peer.Fault = null;
        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);

        var there = await B.Journal.DeliveriesAsync(ForwardIdentity("a"), Never);
        Assert.Equal(DeliveryState.Delivered, Assert.Single(there).State);
    }

    [Fact]
    public async Task What_is_held_before_its_first_byte_stays_held_when_the_bytes_come()
    {
        var file = Bytes(ChunkSize);
        var attempt = (await A.OpenAsync(Manifest("a"))).Value!.Attempt;
        await new OrderDesk(A).DoneAsync(OrderKind.Hold, Identity("a"));

        await A.PutAsync("a", attempt, 0, file);
        await A.CommitAsync("a", attempt, file);

        var held = await A.DeliveryAsync(Identity("a"));
        Assert.Equal(DeliveryState.Held, held.State);
        Assert.Null(held.NextAttemptAt);
    }

    [Fact]
    public async Task What_is_in_doubt_and_was_cancelled_at_the_next_gateway_is_given_up_at_once()
    {
        var commits = 0;
        Peer.Fault = call => call switch
        {
            "Commit" when Interlocked.Increment(ref commits) == 1 => new PeerFault.AnswerLost(),
            "Receipts" => new PeerFault.NotSent(),
            _ => null,
        };
        await B.Files.CreateDirectoryAsync(Folder, Never);
        await using (await B.Files.CreateAsync("/out/a.csv", 0, Never)) { }
        await A.SubmitAsync(Manifest("a"), Bytes(10));
        await A.UntilAsync(Identity("a"), DeliveryState.InDoubt);
        await B.UntilAsync(ForwardIdentity("a"), DeliveryState.Held);
        await new OrderDesk(B).DoneAsync(OrderKind.Cancel, ForwardIdentity("a"));

        var failed = await A.DriveAsync(Identity("a"), DeliveryState.Failed);

        Assert.Equal(("LG-6002", 2), (failed.LastErrorCode, failed.Attempts));
        Assert.Empty(failed.Doubts);
    }

    [Fact]
    public async Task What_is_released_with_its_obstacle_in_place_is_held_again()
    {
        // B publishes in a folder that holds such a file.
        await A.SubmitAsync(Manifest("a"), Bytes(10));
        await B.DriveAsync(ForwardIdentity("a"), DeliveryState.Delivered);
        await A.SubmitAsync(Manifest("b") with { FileName = "a.csv" }, Bytes(11));
        var held = await B.DriveAsync(ForwardIdentity("b"), DeliveryState.Held);
        var desk = new OrderDesk(B);

        await desk.DoneAsync(OrderKind.Release, ForwardIdentity("b"));
        await B.DriveAsync(ForwardIdentity("b"), row => row.State == DeliveryState.Held && row.Version > held.Version + 1, "held again");
        await B.Files.DeleteAsync($"{Folder}/a.csv", Never);
        await B.Files.DeleteAsync($"{Folder}/a.csv.ctl.json", Never);
        await desk.DoneAsync(OrderKind.Release, ForwardIdentity("b"));

        await B.DriveAsync(ForwardIdentity("b"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task What_was_given_up_has_all_its_tries_again_when_it_is_released()
    {
        Peer.Fault = call => call == "Receipts" ? null : new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a"), Bytes(10));
        var failed = await A.DriveAsync(Identity("a"), DeliveryState.Failed);
        Assert.Equal(3, failed.Attempts);

        await new OrderDesk(A).DoneAsync(OrderKind.Release, Identity("a"));
        await A.DriveAsync(Identity("a"), row => row.Attempts == 2, "a second try");
        Peer.Fault = null;

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_receipt_is_proof_also_while_an_operator_holds_the_delivery()
    {
        // A question for receipts that waits already is cut off too: it would bring the proof before the order.
        Peer.Fault = call => call switch
        {
            "Commit" => new PeerFault.AnswerLost(),
            "Receipts" => new PeerFault.NotSent(),
            _ => null,
        };
        await A.SubmitAsync(Manifest("a"), Bytes(10));
        await A.UntilAsync(Identity("a"), DeliveryState.InDoubt);
        await new OrderDesk(A).DoneAsync(OrderKind.Hold, Identity("a"));
        Peer.Fault = null;

        await A.DriveAsync(Identity("a"), DeliveryState.Delivered);
    }

    [Fact]
    public async Task What_has_gone_to_the_next_gateway_is_cancelled_there_too()
    {
        // B publishes in a folder that holds such a file.
        await A.SubmitAsync(Manifest("a"), Bytes(10));
        await B.DriveAsync(ForwardIdentity("a"), DeliveryState.Delivered);
        await A.SubmitAsync(Manifest("b") with { FileName = "a.csv" }, Bytes(11));
        await B.DriveAsync(ForwardIdentity("b"), DeliveryState.Held);
        await A.DriveAsync(Identity("b"), DeliveryState.HandedOver);

        var ordered = await new OrderDesk(A).DoneAsync(OrderKind.Cancel, Identity("b"));

        Assert.Equal(("HandedOver", true), (ordered.Delivery.State, ordered.Delivery.Withdrawing));
        await A.DriveAsync(Identity("b"), DeliveryState.Cancelled);
        Assert.Equal(DeliveryState.Cancelled, (await B.DeliveryAsync(ForwardIdentity("b"))).State);
    }
}

using LinkGateway.Contract.States;
using LinkGateway.Core.Tests.World;
using LinkGateway.Testing.Time;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Delivery;

public sealed class ForwardRetryTests : TwoGateways
{
    [Fact]
    public async Task A_gateway_that_cannot_be_reached_is_tried_again_with_back_off_and_then_given_up()
    {
        Peer.Fault = _ => new PeerFault.NotSent();
        var file = Bytes(2 * ChunkSize);
        await A.SubmitAsync(Manifest("a", file), file);

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var made = attempt;
            var waiting = await A.DriveAsync(
                Identity("a"), delivery => delivery.State == DeliveryState.Waiting && delivery.Attempts == made, $"attempt {made}");
            var delay = waiting.NextAttemptAt!.Value - waiting.UpdatedAt;
            Assert.InRange(delay.TotalSeconds, 4 * attempt, 10 * attempt);
            Assert.Equal("LG-6001", waiting.LastErrorCode);
        }

        var failed = await A.DriveAsync(Identity("a"), DeliveryState.Failed);
        Assert.Equal((3, "LG-6004"), (failed.Attempts, failed.LastErrorCode));
        Assert.Contains("LG-6001", failed.LastErrorText, StringComparison.Ordinal);
        Assert.Equal(file, await A.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task A_file_is_not_delivered_after_its_last_useful_instant()
    {
        Peer.Fault = _ => new PeerFault.NotSent();
        var file = Bytes(10);
        await A.SubmitAsync(Manifest("a", file) with { NotAfter = A.Services.Now + TimeSpan.FromSeconds(1) }, file);
        await A.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode == "LG-6001", "a first attempt");

        Peer.Fault = null;

        var failed = await A.DriveAsync(Identity("a"), DeliveryState.Failed);
        Assert.Equal("LG-6005", failed.LastErrorCode);
        Assert.Empty(B.Files.Paths);
        Assert.Equal(file, await A.StoredAsync(Identity("a")));
    }

    [Fact]
    public async Task What_was_planned_by_a_clock_that_was_ahead_does_not_wait_for_that_time()
    {
        var file = Bytes(10);
        Peer.Fault = _ => new PeerFault.NotSent();
        await A.SubmitAsync(Manifest("a", file), file);
        await A.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode is not null, "a failed attempt");
        await A.StopAsync();
        Peer.Fault = null;

        var time = new ManualTime(A.Time.GetUtcNow() - TimeSpan.FromDays(3));
        await using var restarted = new CoreWorld(
            "gw-a",
            json => RouteTo(json, "gw-b", retry: Retry),
            new WorldParts { Journal = A.Journal, Spool = A.Spool, Time = time, Seed = 3 });
        restarted.ConnectTo(B);
        await restarted.StartAsync();

        await restarted.UntilAsync(
            Identity("a"), delivery => delivery.State is DeliveryState.HandedOver or DeliveryState.Delivered, "delivery at once");
    }

    [Fact]
    public async Task A_peer_that_names_a_time_is_not_asked_earlier()
    {
        Peer.Fault = call => call == "Open" ? new PeerFault.Refuse("LG-5001", TimeSpan.FromHours(1)) : null;
        await A.SubmitAsync(Manifest("a"), Bytes(10));

        var waiting = await A.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode is not null, "a refusal");

        Assert.Equal(A.Services.Now + TimeSpan.FromHours(1), waiting.NextAttemptAt);
    }

    [Fact]
    public async Task An_acceptance_wakes_what_waits_for_chunks()
    {
        var file = Bytes(2 * ChunkSize);
        var attempt = (await A.OpenAsync(Manifest("a"))).Value!.Attempt;
        await A.PutAsync("a", attempt, 0, file);
        await ChunkArrivesAsync(0);
        await A.DriveAsync(Identity("a"), DeliveryState.Waiting);
        Peer.Before = (call, _) => call == "Receipts" ? Task.Delay(Timeout.Infinite) : Task.CompletedTask;

        await A.PutAsync("a", attempt, 1, file);
        await A.CommitAsync("a", attempt, file);

        // A fetch of receipts that was under way already may bring the next news too.
        var delivery = await A.UntilAsync(
            Identity("a"), delivery => delivery.State is DeliveryState.HandedOver or DeliveryState.Delivered, "a delivery");
        Assert.Equal(1, delivery.Attempts);
    }

    [Fact]
    public async Task An_acceptance_does_not_wake_what_rests_after_a_failure()
    {
        Peer.Fault = call => call == "Open" ? new PeerFault.Refuse("LG-5001", TimeSpan.FromHours(1)) : null;
        var file = Bytes(2 * ChunkSize);
        var attempt = (await A.OpenAsync(Manifest("a"))).Value!.Attempt;
        await A.PutAsync("a", attempt, 0, file);
        var resting = await A.UntilAsync(Identity("a"), delivery => delivery.LastErrorCode is not null, "a refusal");

        await A.PutAsync("a", attempt, 1, file);
        await A.CommitAsync("a", attempt, file);

        await A.RestAsync();
        Assert.Equal(resting.NextAttemptAt, (await A.DeliveryAsync(Identity("a"))).NextAttemptAt);
    }

    [Theory]
    [InlineData("LG-3004")]
    [InlineData("LG-3003")]
    public async Task What_the_peer_will_never_take_is_given_up_at_once(string code)
    {
        Peer.Fault = call => call == "Open" ? new PeerFault.Refuse(code) : null;
        await A.SubmitAsync(Manifest("a"), Bytes(10));

        var failed = await A.UntilAsync(Identity("a"), DeliveryState.Failed);

        Assert.Equal((1, "LG-6002"), (failed.Attempts, failed.LastErrorCode));
        Assert.Contains(code, failed.LastErrorText, StringComparison.Ordinal);
    }
}

using LinkGateway.Contract.States;
using LinkGateway.Core.Delivery;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Delivery;

/// <summary>What holds a delivery while an attempt runs.</summary>
public sealed class LeaseTests : IAsyncDisposable
{
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    readonly CoreWorld _world = new();
    readonly CancellationTokenSource _ended = new();

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _ended.Dispose();
    }

    [Fact]
    public async Task It_is_renewed_while_the_attempt_runs()
    {
        using var attempt = await BeginAsync();

        await KeepAsync(attempt);

        Assert.Equal(_world.Services.Now + Lease, (await _world.DeliveryAsync(Identity("a"))).LeaseUntil);
    }

    [Fact]
    public async Task What_has_given_it_back_is_not_written_again()
    {
        using var attempt = await BeginAsync();
        await attempt.WriteAsync(row => DeliveryAttempt.Release(row, DeliveryState.Waiting, _world.Services.Now, null, null), "", Never);
        var left = await _world.DeliveryAsync(Identity("a"));

        await KeepAsync(attempt);

        Assert.Equal(left.Version, (await _world.DeliveryAsync(Identity("a"))).Version);
    }

    async Task<DeliveryAttempt> BeginAsync()
    {
        await _world.SubmitAsync(Manifest("a"), Bytes(10));
        var row = await _world.DeliveryAsync(Identity("a"));
        var attempt = new DeliveryAttempt(
            _world.Services, row, await _world.RowAsync(Identity("a")), new Nowhere { Id = row.DestinationId });
        DeliveryRecord Begun(DeliveryRecord before) => before with
        {
            State = DeliveryState.Sending,
            Attempts = 1,
            LeaseOwner = "engine",
            LeaseUntil = _world.Services.Now + Lease,
        };
        await attempt.WriteAsync(Begun, "", Never);
        return attempt;
    }

    /// <summary>Lets it be kept until it would have been renewed once.</summary>
    async Task KeepAsync(DeliveryAttempt attempt)
    {
        var keeping = attempt.KeepLeaseAsync(Lease, () => Assert.Fail("nobody overtakes it"), _ended.Token);
        _world.Time.Advance(Lease / 3);
        await Waiting.UntilAsync(() => _world.Time.Waiting > 0, "the next rest");
        await _ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
    }
}

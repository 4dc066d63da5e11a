using LinkGateway.Core.Files;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Transfers;

public class EndedUploadTests
{
    readonly CoreWorld _world = new();

    [Fact]
    public async Task A_cancelled_upload_goes_and_frees_its_id()
    {
        var file = Bytes(2 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        TestBody? body = null;
        var hanging = _world.PutAsync("a", attempt, 0, file, bytes => body = new TestBody(bytes) { HangAt = 30_000 });
        await body!.Hanging;

        var cancelled = await _world.CancelAsync("a");

        Assert.Equal("Cancelled", cancelled.Value?.State);
        Assert.Equal("cancelled", Assert.Single(cancelled.Value!.Deliveries).Outcome);
        Assert.Equal("LG-2003", (await hanging).Refusal?.Code);
        Assert.Empty(_world.Spool.Paths);
        Assert.Equal("Accepted", (await _world.SubmitAsync(Manifest("a"), Bytes(9, seed: 3))).Value?.State);
    }

    [Fact]
    public async Task An_accepted_transfer_can_be_cancelled_before_it_goes_out_and_keeps_its_id()
    {
        var file = Bytes(100);
        await _world.SubmitAsync(Manifest("a", file), file);

        var cancelled = await _world.CancelAsync("a");

        Assert.Equal("Cancelled", cancelled.Value?.State);
        Assert.Equal("LG-2009", (await _world.SubmitAsync(Manifest("a", file), file)).Refusal?.Code);
        Assert.Equal("LG-2009", (await _world.OpenAsync(Manifest("a", file))).Refusal?.Code);
    }

    [Fact]
    public async Task An_upload_expires_after_seven_days_of_silence()
    {
        var file = Bytes(2 * ChunkSize);
        var attempt = (await _world.OpenAsync(Manifest("a"))).Value!.Attempt;
        _world.Time.Advance(TimeSpan.FromDays(5));
        await _world.PutAsync("a", attempt, 0, file);
        _world.Time.Advance(TimeSpan.FromDays(5));
        Assert.Equal(0, await _world.Maintenance.ExpireAsync(Never));
        _world.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await _world.Maintenance.ExpireAsync(Never));

        Assert.Equal("Expired", (await _world.StatusAsync("a")).State);
        Assert.Empty(_world.Spool.Paths);
        Assert.Equal("LG-2009", (await _world.PutAsync("a", attempt, 1, file)).Refusal?.Code);
        Assert.Equal(2, (await _world.OpenAsync(Manifest("a"))).Value!.Attempt);
    }

    [Fact]
    public async Task Uploads_expire_although_the_journal_failed_for_a_while()
    {
        await _world.OpenAsync(Manifest("a"));
        _world.Time.Advance(TimeSpan.FromDays(8));
        var failures = 0;
        _world.Journal.BeforeCommit = _ =>
        {
            if (failures++ < 2) throw new StorageException(StorageFailure.Unavailable, "told to");
        };
        using var stop = new CancellationTokenSource();
        var running = _world.Begin(() => _world.Maintenance.RunAsync(stop.Token));

        await _world.DriveAsync(() => failures > 2, "another sweep");
        await Waiting.UntilAsync(async () => (await _world.StatusAsync("a")).State == "Expired", () => "expiry");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}

using LinkGateway.Core.Intake;
using LinkGateway.Core.Tests.World;
using LinkGateway.Storage.Files;
using LinkGateway.Testing.Files;
using LinkGateway.Testing.Time;

namespace LinkGateway.Core.Tests.Intake;

public sealed class StoreWatchTests
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_store_is_seen_at_what_it_hangs_over_and_no_more_when_that_has_ended()
    {
        var time = new ManualTime();
        var watch = new StoreWatch(time);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var files = new SlowFileSystem(new RecordingFileSystem(), beforeCreate: _ => goOn.Task);
        await using var store = new FilePayloadStore(files, "/spool", new FilePayloadStoreOptions { Watch = watch });

        var creating = store.CreateAsync(new string('a', 32), 10, CoreWorld.Never).AsTask();
        time.Advance(Long);

        Assert.Empty(watch.SlowerThan(Long));
        Assert.Equal(Long, watch.SlowerThan(Long - TimeSpan.FromTicks(1))["spool"]);
        goOn.SetResult();
        await creating;
        Assert.Empty(watch.SlowerThan(TimeSpan.Zero));
    }

    [Fact]
    public void The_longest_of_several_operations_counts()
    {
        var time = new ManualTime();
        var watch = new StoreWatch(time);
        using var first = watch.Begin("journal");
        time.Advance(Long);
        using var second = watch.Begin("journal");
        time.Advance(Long);

        Assert.Equal(2 * Long, watch.SlowerThan(TimeSpan.FromSeconds(1))["journal"]);
    }
}

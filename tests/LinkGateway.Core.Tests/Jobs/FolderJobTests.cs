using System.Text.Json.Nodes;
using LinkGateway.Contract.Jobs;
using LinkGateway.Contract.Receipts;
using LinkGateway.Contract.States;
using LinkGateway.Core.Jobs;
using LinkGateway.Core.Tests.World;
using static LinkGateway.Core.Tests.World.CoreWorld;

namespace LinkGateway.Core.Tests.Jobs;

public class FolderJobTests
{
    const string Import = "/bin/import";
    const string Alarm = "/bin/alarm";

    [Fact]
    public async Task A_published_files_job_makes_it_applied_with_a_receipt()
    {
        await using var world = new CoreWorld(configuration: WithJobs);
        var runner = new FakeJobRunner
        {
            Work = (_, _, _) => Task.FromResult<JobEnd?>(
                new JobEnd { ExitCode = 0, Accepted = 6, Rejected = 1, Reference = "R-1", Errors = [new RowError(4, "E1", "no house")] }),
        };
        await using var jobs = await StartAsync(world, runner);
        var file = Bytes(10);
        await world.SubmitAsync(Manifest("a", file) with { RecordCount = 7 }, file);

        var delivery = await world.DriveAsync(Identity("a"), DeliveryState.Applied);

        var order = Assert.Single(runner.Orders);
        Assert.Equal([Import, "--fast"], order.Command);
        Assert.Equal(
            ("a", "1", "/out/a.csv", "7", "10"),
            (order.Facts["LINKGW_TRANSFER_ID"], order.Facts[JobFacts.Attempt], order.Facts[JobFacts.File],
                order.Facts["LINKGW_RECORD_COUNT"], order.Facts["LINKGW_SIZE"]));
        var receipts = await world.Journal.ReceiptsAsync(Identity("a"), default);
        Assert.Equal([ReceiptKind.Accepted, ReceiptKind.Delivered, ReceiptKind.Applied], receipts.Select(one => one.Content.Kind));
        var applied = receipts[2].Content;
        Assert.Equal((AppliedResult.Applied, 6L, 1L, "R-1"),
            (applied.Result, applied.RecordsApplied, applied.RecordsRejected, applied.ReceiverReference));
        Assert.Equal(("R-1", null), (delivery.ReceiverReference, delivery.NextAttemptAt));
        Assert.Empty(runner.Troubles);
    }

    [Fact]
    public async Task A_job_that_fails_makes_it_rejected_and_the_job_on_error_is_run()
    {
        await using var world = new CoreWorld(configuration: WithJobs);
        var runner = new FakeJobRunner { Work = (program, _, _) => FakeJobRunner.Ends(program == Import ? 2 : 0) };
        await using var jobs = await StartAsync(world, runner);
        await world.SubmitAsync(Manifest("a"), Bytes(10));

        await world.DriveAsync(
            Identity("a"), row => row is { State: DeliveryState.ReceiverRejected, NextAttemptAt: null }, "rejected and told");

        Assert.Equal([Import, Alarm], runner.Orders.Select(order => order.Command[0]));
        Assert.Equal("rejected", runner.Orders.Last().Facts[JobFacts.ErrorCode]);
        var last = (await world.Journal.ReceiptsAsync(Identity("a"), default))[^1].Content;
        Assert.Equal((ReceiptKind.Applied, AppliedResult.Rejected), (last.Kind, last.Result));
    }

    [Fact]
    public async Task A_job_that_asks_for_later_or_cannot_be_started_is_run_again_as_the_next_attempt()
    {
        await using var world = new CoreWorld(configuration: WithJobs);
        var runner = new FakeJobRunner
        {
            Work = (_, run, _) => run switch
            {
                1 => FakeJobRunner.Ends(JobEnd.TryLater),
                2 => Task.FromResult<JobEnd?>(null),
                _ => FakeJobRunner.Ends(0),
            },
        };
        await using var jobs = await StartAsync(world, runner);
        await world.SubmitAsync(Manifest("a"), Bytes(10));

        await world.DriveAsync(Identity("a"), DeliveryState.Applied);

        Assert.Equal(["1", "2", "3"], runner.Orders.Select(order => order.Facts[JobFacts.Attempt]));
        Assert.Single(await world.Journal.ReceiptsAsync(Identity("a"), default), one => one.Content.Kind == ReceiptKind.Applied);
    }

    [Fact]
    public async Task A_job_that_a_stop_interrupts_runs_again_after_the_next_start()
    {
        await using var world = new CoreWorld(configuration: WithJobs);
        var runner = new FakeJobRunner { Work = (_, run, kill) => run == 1 ? Never(kill) : FakeJobRunner.Ends(0) };
        await using (await StartAsync(world, runner))
        {
            await world.SubmitAsync(Manifest("a"), Bytes(10));
            await world.DriveAsync(() => !runner.Orders.IsEmpty, "the first run");
        }
        Assert.Equal(DeliveryState.Delivered, (await world.DeliveryAsync(Identity("a"))).State);

        await using var jobs = new Running(world, runner);
        await world.DriveAsync(Identity("a"), DeliveryState.Applied);

        Assert.Equal(["1", "2"], runner.Orders.Select(order => order.Facts[JobFacts.Attempt]));
    }

    [Fact]
    public async Task Jobs_of_one_destination_run_one_after_the_other()
    {
        await using var world = new CoreWorld(configuration: WithJobs);
        var (running, highest) = (0, 0);
        var runner = new FakeJobRunner
        {
            Work = async (_, _, _) =>
            {
                highest = Math.Max(highest, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return new JobEnd { ExitCode = 0 };
            },
        };
        await using var jobs = await StartAsync(world, runner);
        string[] ids = ["a", "b", "c", "d"];
        foreach (var id in ids) await world.SubmitAsync(Manifest(id), Bytes(10));

        foreach (var id in ids) await world.DriveAsync(Identity(id), DeliveryState.Applied);

        Assert.Equal((1, 4), (highest, runner.Orders.Count));
    }

    [Fact]
    public async Task A_folder_without_jobs_leaves_deliveries_delivered_and_a_job_taken_out_is_not_run()
    {
        await using var world = new CoreWorld(configuration: WithJobs);
        await world.StartAsync();
        await world.SubmitAsync(Manifest("a"), Bytes(10));
        await world.UntilAsync(Identity("a"), DeliveryState.Delivered);
        world.Reload(_ => { });
        var runner = new FakeJobRunner();

        await using var jobs = new Running(world, runner);
        await world.DriveAsync(Identity("a"), row => row.NextAttemptAt is null, "nothing due");

        Assert.Equal(DeliveryState.Delivered, (await world.DeliveryAsync(Identity("a"))).State);
        Assert.Empty(runner.Orders);
    }

    static async Task<Running> StartAsync(CoreWorld world, FakeJobRunner runner)
    {
        await world.StartAsync();
        return new Running(world, runner);
    }

    static async Task<JobEnd?> Never(CancellationToken kill)
    {
        await Task.Delay(Timeout.Infinite, kill);
        return null;
    }

    static void WithJobs(JsonNode json) => json["destinations"]![0]!["jobs"] =
        JsonNode.Parse($$"""{ "onDelivered": [ "{{Import}}", "--fast" ], "onError": [ "{{Alarm}}" ] }""");

    sealed class Running : IAsyncDisposable
    {
        readonly CancellationTokenSource _stop = new();
        readonly Task _service;

        public Running(CoreWorld world, FakeJobRunner runner) =>
            _service = world.Begin(() => new FolderJobService(world.Services, world.Transfers, runner, runner).RunAsync(_stop.Token));

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _service;
            _stop.Dispose();
        }
    }
}

using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Jobs;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Client.Receiving;

/// <summary>The receiver ends between any two steps, and is started again.</summary>
public sealed class CrashTests
{
    const int Chunk = 64 * 1024;

    [Theory]
    [InlineData(ReceiveStep.Fetching)]
    [InlineData(ReceiveStep.Fetched)]
    [InlineData(ReceiveStep.Renamed)]
    [InlineData(ReceiveStep.Published)]
    [InlineData(ReceiveStep.Stored)]
    [InlineData(ReceiveStep.Working)]
    [InlineData(ReceiveStep.Worked)]
    [InlineData(ReceiveStep.Ended)]
    public async Task After_a_crash_at_any_step_the_file_lands_once_and_its_job_is_done_and_reported(ReceiveStep step)
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        var bytes = TempFolder.Bytes(3 * Chunk);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", bytes);
        await CrashAsync(bench, step);

        await bench.RunAsync();

        Assert.Equal(bytes, Assert.Single(bench.Landed()).Value);
        Assert.Equal([ConfirmStages.Stored, ConfirmStages.Applied], delivery.Confirmed.Select(one => one.Stage));
        Assert.Single(bench.Job.Runs);
        Assert.Empty(bench.Unfinished());
        Assert.Empty((await bench.RunAsync()).Outcomes);
    }

    [Fact]
    public async Task What_a_killed_receiver_had_half_written_is_removed_by_the_next_one()
    {
        await using var bench = await ReceiverBench.StartAsync();
        await bench.RunAsync();
        await File.WriteAllTextAsync(Path.Combine(bench.Into, ".linkgw-receive", "d1.json.1822.tmp"), "{ \"deliv");

        await bench.RunAsync();

        Assert.Empty(bench.Unfinished());
    }

    [Fact]
    public async Task A_crash_within_the_job_runs_it_again_as_the_next_attempt()
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        bench.Inbox.Offer("d1", "houses.csv", [1]);
        bench.Job.Work = run => run == 1 ? throw new CrashException() : new JobResult { ExitCode = 0 };
        await Assert.ThrowsAsync<CrashException>(() => bench.RunAsync());

        Assert.Equal(ReceiveEnd.Applied, (await bench.ReceiveOneAsync()).End);

        Assert.Equal(["1", "2"], bench.Job.Runs.Select(facts => facts[JobFacts.Attempt]));
    }

    [Fact]
    public async Task A_crash_between_the_job_and_its_report_repeats_only_the_report()
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", [1]);
        bench.Job.Work = _ => new JobResult { ExitCode = 3, Accepted = 5, Rejected = 2 };
        await CrashAsync(bench, ReceiveStep.Worked);

        Assert.Equal(ReceiveEnd.Rejected, (await bench.ReceiveOneAsync()).End);

        Assert.Single(bench.Job.Runs);
        Assert.Equal((5L, 2L), (delivery.Confirmed[1].CountAccepted, delivery.Confirmed[1].CountRejected));
    }

    [Theory]
    [InlineData("ConfirmReceipt stored")]
    [InlineData("ConfirmReceipt applied")]
    public async Task A_confirmation_whose_answer_is_lost_for_good_is_repeated_by_the_next_run(string operation)
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", [1]);
        bench.Gateway.Service.Tricks = (called, _) => called == operation ? new Trick.LoseAnswer() : null;
        Assert.Equal(ReceiveEnd.Unavailable, (await bench.ReceiveOneAsync()).End);
        bench.Gateway.Service.Tricks = (_, _) => null;

        Assert.Equal(ReceiveEnd.Applied, (await bench.ReceiveOneAsync()).End);

        Assert.Equal([ConfirmStages.Stored, ConfirmStages.Applied], delivery.Confirmed.Select(one => one.Stage));
        Assert.Single(bench.Job.Runs);
        Assert.Single(bench.Landed());
    }

    [Fact]
    public async Task What_was_fetched_and_flushed_before_a_crash_is_not_fetched_again()
    {
        await using var bench = await ReceiverBench.StartAsync();
        // More than is kept unflushed at most.
        var bytes = TempFolder.Bytes(80 << 20);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", bytes, chunkSize: 1 << 20);
        var calls = 0;
        bench.AtStep = step =>
        {
            if (step == ReceiveStep.Fetching && ++calls > 70) throw new CrashException();
        };
        await Assert.ThrowsAsync<CrashException>(() => bench.RunAsync());
        bench.AtStep = _ => { };
        var before = delivery.Fetched;

        Assert.Equal(ReceiveEnd.Received, (await bench.ReceiveOneAsync()).End);

        Assert.Equal(bytes, bench.Landed()["houses.csv"]);
        Assert.Equal(bytes.Length - (64 << 20), delivery.Fetched - before);
    }

    [Theory]
    [InlineData(ReceiveStep.Fetched)]
    [InlineData(ReceiveStep.Renamed)]
    [InlineData(ReceiveStep.Published)]
    public async Task What_another_was_given_while_the_receiver_was_down_does_not_stay_here(ReceiveStep step)
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", TempFolder.Bytes(Chunk));
        await CrashAsync(bench, step);
        delivery.Lease = "another's";

        Assert.Contains((await bench.RunAsync()).Outcomes, outcome => outcome.End == ReceiveEnd.LeaseLost);

        Assert.Empty(bench.Landed());
        Assert.Empty(bench.Unfinished());
        Assert.Empty(delivery.Confirmed);
        Assert.Empty(bench.Job.Runs);
    }

    [Fact]
    public async Task A_stored_file_stays_whatever_the_gateway_forgets_meanwhile()
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        bench.Inbox.Offer("d1", "houses.csv", [1]);
        await CrashAsync(bench, ReceiveStep.Published);
        bench.Inbox.Deliveries.Clear();

        Assert.Equal(ReceiveEnd.Refused, (await bench.ReceiveOneAsync()).End);

        Assert.Single(bench.Landed());
    }

    [Fact]
    public async Task A_result_that_the_gateway_does_not_want_is_told_once()
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        bench.Inbox.Offer("d1", "houses.csv", [1]);
        bench.Gateway.Service.Tricks = (operation, _) => operation == "ConfirmReceipt applied"
            ? new Trick.Refuse(new Refusal(ErrorCatalogue.ConfirmationMismatch, "d1", "another result"))
            : null;

        Assert.Equal(ReceiveEnd.Refused, (await bench.ReceiveOneAsync()).End);

        Assert.Equal(ErrorCatalogue.ConfirmationMismatch.Code, Assert.Single(bench.ErrorJob.Runs)[JobFacts.ErrorCode]);
        Assert.Empty((await bench.RunAsync()).Outcomes);
        Assert.Single(bench.Landed());
    }

    [Fact]
    public async Task A_generation_is_not_lost_by_a_crash_between_the_renames()
    {
        using var temp = new TempFolder();
        var path = temp.File("houses.csv", [3]);
        // As a crash leaves it after the first of two renames.
        temp.File("houses.csv.2", [1]);

        Generations.Shift(path, keep: 2);

        Assert.Equal([3], await File.ReadAllBytesAsync(path + ".1"));
        Assert.Equal([1], await File.ReadAllBytesAsync(path + ".2"));
    }

    static async Task CrashAsync(ReceiverBench bench, ReceiveStep at)
    {
        bench.AtStep = step =>
        {
            if (step == at) throw new CrashException();
        };
        await Assert.ThrowsAsync<CrashException>(() => bench.RunAsync());
        bench.AtStep = _ => { };
    }
}

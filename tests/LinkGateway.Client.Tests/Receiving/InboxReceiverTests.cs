using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Jobs;
using LinkGateway.Contract.Messages;
using LinkGateway.Contract.Receipts;

namespace LinkGateway.Client.Receiving;

public sealed class InboxReceiverTests
{
    const int Chunk = 64 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk)]
    [InlineData((5 * Chunk) + 17)]
    public async Task A_file_of_any_size_lands_unchanged_and_is_confirmed_as_stored(int size)
    {
        await using var bench = await ReceiverBench.StartAsync();
        var bytes = TempFolder.Bytes(size);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", bytes);

        var outcome = await bench.ReceiveOneAsync();

        Assert.Equal((ReceiveEnd.Received, Path.Combine(bench.Into, "houses.csv")), (outcome.End, outcome.Path));
        Assert.Equal(bytes, bench.Landed()["houses.csv"]);
        var confirmed = Assert.Single(delivery.Confirmed);
        Assert.Equal((ConfirmStages.Stored, (long?)size, Sha256Digest.Of(bytes)), (confirmed.Stage, confirmed.Size, confirmed.Sha256));
        Assert.Equal(ReceiptKind.Delivered, Assert.Single(bench.Receipts).Kind);
        Assert.Empty(bench.Unfinished());
    }

    [Fact]
    public async Task All_pages_of_the_inbox_are_received_and_nothing_twice()
    {
        await using var bench = await ReceiverBench.StartAsync();
        bench.Inbox.PageSize = 2;
        for (var i = 0; i < 5; i++) bench.Inbox.Offer($"d{i}", $"{i}.csv", [(byte)i]);

        Assert.Equal(5, (await bench.RunAsync()).Outcomes.Count);

        Assert.Empty((await bench.RunAsync()).Outcomes);
        Assert.Equal(5, bench.Landed().Count);
    }

    [Fact]
    public async Task Only_the_wanted_interface_and_no_more_files_than_allowed_are_received()
    {
        await using var bench = await ReceiverBench.StartAsync();
        bench.Options = bench.Options with { InterfaceId = "land-tax", MaxFiles = 1 };
        bench.Inbox.Offer("d1", "a.csv", [1]);
        bench.Inbox.Offer("d2", "b.csv", [2], "land-tax");
        bench.Inbox.Offer("d3", "c.csv", [3], "land-tax");

        await bench.RunAsync();

        Assert.Equal(["b.csv"], bench.Landed().Keys);
    }

    [Fact]
    public async Task The_job_is_told_the_facts_and_its_result_is_reported()
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", [1, 2, 3]);
        bench.Job.Work = _ => new JobResult
        {
            ExitCode = 0,
            Accepted = 6,
            Rejected = 1,
            Reference = "R-1",
            Errors = [new RowError(4, "E1", "no such house")],
        };

        var outcome = await bench.ReceiveOneAsync();

        Assert.Equal(ReceiveEnd.Applied, outcome.End);
        var facts = Assert.Single(bench.Job.Runs);
        string[] names =
        [
            "LINKGW_TRANSFER_ID", "LINKGW_DELIVERY_ID", "LINKGW_ORIGIN", "LINKGW_RECEIVER", "LINKGW_REPLAY", "LINKGW_ATTEMPT",
            "LINKGW_SIZE", "LINKGW_RECORD_COUNT", "LINKGW_INTERFACE", "LINKGW_FILE",
        ];
        Assert.Equal(
            ["t-d1", "d1", "juki", "kaoku", "0", "1", "3", "7", "house-tax", Path.Combine(bench.Into, "houses.csv")],
            names.Select(name => facts[name]));
        Assert.Equal([ConfirmStages.Stored, ConfirmStages.Applied], delivery.Confirmed.Select(one => one.Stage));
        var applied = delivery.Confirmed[1];
        Assert.Equal((6L, 1L, "R-1"), (applied.CountAccepted, applied.CountRejected, applied.ReceiverReference));
        Assert.Equal([new RowError(4, "E1", "no such house")], applied.FirstErrors);
        Assert.Equal([ReceiptKind.Delivered, ReceiptKind.Applied], bench.Receipts.Select(receipt => receipt.Kind));
        Assert.Empty(bench.ErrorJob.Runs);
    }

    [Fact]
    public async Task A_job_that_fails_is_reported_as_rejected_and_the_job_on_error_is_told()
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", [1]);
        bench.Job.Work = _ => new JobResult { ExitCode = 2 };

        Assert.Equal(ReceiveEnd.Rejected, (await bench.ReceiveOneAsync()).End);

        Assert.Equal([ConfirmStages.Stored, ConfirmStages.Rejected], delivery.Confirmed.Select(one => one.Stage));
        Assert.Equal("rejected", Assert.Single(bench.ErrorJob.Runs)[JobFacts.ErrorCode]);
        Assert.Empty(bench.Unfinished());
    }

    [Fact]
    public async Task A_job_that_asks_for_later_runs_again_with_the_next_attempt_and_nothing_is_reported_before()
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", [1]);
        bench.Job.Work = run => new JobResult { ExitCode = run == 1 ? JobResult.TryLater : 0 };

        Assert.Equal(ReceiveEnd.JobDeferred, (await bench.ReceiveOneAsync()).End);
        Assert.Equal([ConfirmStages.Stored], delivery.Confirmed.Select(one => one.Stage));

        Assert.Equal(ReceiveEnd.Applied, (await bench.ReceiveOneAsync()).End);
        Assert.Equal(["1", "2"], bench.Job.Runs.Select(facts => facts[JobFacts.Attempt]));
        Assert.Empty(bench.ErrorJob.Runs);
    }

    [Fact]
    public async Task A_chunk_that_breaks_off_or_is_damaged_on_the_line_is_fetched_again_alone()
    {
        await using var bench = await ReceiverBench.StartAsync();
        var bytes = TempFolder.Bytes(4 * Chunk);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", bytes);
        bench.Gateway.Service.Tricks = (operation, before) => (operation, before) switch
        {
            ("FetchChunk", 1) => new Trick.LoseAnswer(),
            ("FetchChunk", 3) => new Trick.Corrupt(),
            _ => null,
        };

        Assert.Equal(ReceiveEnd.Received, (await bench.ReceiveOneAsync()).End);

        Assert.Equal(bytes, bench.Landed()["houses.csv"]);
        Assert.Equal(6 * Chunk, delivery.Fetched);
    }

    [Fact]
    public async Task The_first_chunk_is_fetched_again_under_the_lease_that_came_before_its_bytes()
    {
        await using var bench = await ReceiverBench.StartAsync();
        var bytes = TempFolder.Bytes(Chunk);
        bench.Inbox.Offer("d1", "houses.csv", bytes);
        bench.Gateway.Service.Tricks = (operation, before) => (operation, before) is ("FetchChunk", 0) ? new Trick.Corrupt() : null;

        Assert.Equal(ReceiveEnd.Received, (await bench.ReceiveOneAsync()).End);

        Assert.Equal(bytes, bench.Landed()["houses.csv"]);
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("root")]
    public async Task A_file_that_is_not_the_announced_one_never_lands_and_is_told_once(string field)
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", TempFolder.Bytes(2 * Chunk));
        var other = Sha256Digest.Of("other"u8);
        delivery.Announce = item => field == "root" ? item with { Root = other } : item with { Sha256 = other };

        Assert.Equal(ReceiveEnd.Damaged, (await bench.ReceiveOneAsync()).End);
        Assert.Equal(ReceiveEnd.Damaged, (await bench.ReceiveOneAsync()).End);

        Assert.Empty(bench.Landed());
        Assert.Empty(delivery.Confirmed);
        Assert.Equal("damaged", Assert.Single(bench.ErrorJob.Runs)[JobFacts.ErrorCode]);

        delivery.Announce = item => item;
        Assert.Equal(ReceiveEnd.Applied, (await bench.ReceiveOneAsync()).End);
    }

    [Fact]
    public async Task A_file_is_only_received_under_the_entry_gateways_receipt_for_it()
    {
        await using var bench = await ReceiverBench.StartAsync();
        using var stranger = TestCertificates.Create("stranger");
        var delivery = bench.Inbox.Offer("d1", "houses.csv", [1]);
        bench.Options = bench.Options with { ReceiptTrust = [stranger] };
        Assert.Equal(ReceiveEnd.NotTrusted, (await bench.ReceiveOneAsync()).End);

        bench.Options = bench.Options with { ReceiptTrust = [bench.Gateway.Service.Certificate] };
        delivery.Announce = item => item with { Manifest = item.Manifest with { FileName = "other.csv" } };
        var outcome = await bench.ReceiveOneAsync();
        Assert.Equal(ReceiveEnd.NotTrusted, outcome.End);
        Assert.Contains("manifest", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(0, delivery.Fetched);

        delivery.Announce = item => item;
        Assert.Equal(ReceiveEnd.Received, (await bench.ReceiveOneAsync()).End);
    }

    [Fact]
    public async Task A_taken_name_keeps_the_file_in_the_inbox_until_it_is_free()
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        var delivery = bench.Inbox.Offer("d1", "houses.csv", [2]);
        Directory.CreateDirectory(bench.Into);
        File.WriteAllBytes(Path.Combine(bench.Into, "houses.csv"), [1]);

        Assert.Equal(ReceiveEnd.NameTaken, (await bench.ReceiveOneAsync()).End);
        Assert.Equal(ReceiveEnd.NameTaken, (await bench.ReceiveOneAsync()).End);
        Assert.Equal([1], bench.Landed()["houses.csv"]);
        Assert.Empty(delivery.Confirmed);
        Assert.Equal("nameTaken", Assert.Single(bench.ErrorJob.Runs)[JobFacts.ErrorCode]);

        File.Delete(Path.Combine(bench.Into, "houses.csv"));
        Assert.Equal(ReceiveEnd.Applied, (await bench.ReceiveOneAsync()).End);
        Assert.Equal([2], bench.Landed()["houses.csv"]);
    }

    [Fact]
    public async Task A_taken_name_is_numbered_where_that_is_wanted()
    {
        await using var bench = await ReceiverBench.StartAsync();
        bench.Options = bench.Options with { WhenExists = WhenExists.Number };
        for (var i = 1; i <= 3; i++) bench.Inbox.Offer($"d{i}", "houses.csv", [(byte)i]);

        await bench.RunAsync();

        Assert.Equal(["houses (2).csv", "houses (3).csv", "houses.csv"], bench.Landed().Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1], bench.Landed()["houses.csv"]);
    }

    [Fact]
    public async Task A_replaced_file_is_kept_for_as_many_generations_as_wanted()
    {
        await using var bench = await ReceiverBench.StartAsync();
        bench.Options = bench.Options with { WhenExists = WhenExists.Replace, Generations = 2 };
        for (var i = 1; i <= 4; i++) bench.Inbox.Offer($"d{i}", "houses.csv", [(byte)i]);

        await bench.RunAsync();

        Assert.Equal(
            [("houses.csv", 4), ("houses.csv.1", 3), ("houses.csv.2", 2)],
            bench.Landed().OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, (int)file.Value[0])));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\data\\houses.csv", "houses.csv")]
    [InlineData(".linkgw-receive", "_linkgw-receive")]
    [InlineData("a\tb?.csv", "a_b_.csv")]
    [InlineData("..", "_")]
    [InlineData("houses/", "d1")]
    [InlineData("家屋.csv", "家屋.csv")]
    public async Task The_origins_name_never_leaves_the_folder(string wish, string expected)
    {
        await using var bench = await ReceiverBench.StartAsync();
        bench.Inbox.Offer("d1", wish, [1]);

        await bench.RunAsync();

        Assert.Equal([expected], bench.Landed().Keys);
    }

    [Fact]
    public async Task A_file_that_another_is_fetching_is_left_to_it()
    {
        await using var bench = await ReceiverBench.StartAsync(withJob: true);
        bench.Inbox.Offer("d1", "a.csv", [1]).Lease = "another's";
        bench.Inbox.Offer("d2", "b.csv", [2]);

        var round = await bench.RunAsync();

        Assert.Equal([ReceiveEnd.Busy, ReceiveEnd.Applied], round.Outcomes.Select(outcome => outcome.End));
        Assert.Equal(["b.csv"], bench.Landed().Keys);
        Assert.Empty(bench.Unfinished());
        Assert.Empty(bench.ErrorJob.Runs);
    }

    [Fact]
    public async Task A_gateway_that_is_away_is_given_up_after_two_files()
    {
        await using var bench = await ReceiverBench.StartAsync();
        for (var i = 0; i < 4; i++) bench.Inbox.Offer($"d{i}", $"{i}.csv", [1]);
        bench.Gateway.Service.Tricks = (operation, _) =>
            operation == "FetchChunk" ? new Trick.Refuse(new Refusal(ErrorCatalogue.StorageTrouble)) : null;

        var round = await bench.RunAsync();

        Assert.Equal([ReceiveEnd.Unavailable, ReceiveEnd.Unavailable], round.Outcomes.Select(outcome => outcome.End));
        bench.Gateway.Service.Tricks = (_, _) => null;
        Assert.Equal(4, (await bench.RunAsync()).Outcomes.Count(outcome => outcome.End == ReceiveEnd.Received));
    }

    [Fact]
    public async Task An_inbox_that_cannot_be_listed_is_told()
    {
        await using var bench = await ReceiverBench.StartAsync();
        bench.Gateway.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(ErrorCatalogue.NotAuthenticated));

        var round = await bench.RunAsync();

        Assert.False(round.Failure!.Temporary);
        Assert.Equal(ErrorCatalogue.NotAuthenticated.Code, round.Failure.Refusal!.Code);
    }

    [Fact]
    public async Task A_folder_has_one_receiver_at_a_time()
    {
        await using var bench = await ReceiverBench.StartAsync();
        using var first = InboxReceiver.TryOpen(bench.Gateway.Client, bench.Into);

        Assert.NotNull(first);
        Assert.Null(InboxReceiver.TryOpen(bench.Gateway.Client, bench.Into));
    }
}

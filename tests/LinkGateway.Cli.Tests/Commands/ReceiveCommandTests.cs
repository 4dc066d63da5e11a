using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Messages;

namespace LinkGateway.Cli.Commands;

public sealed class ReceiveCommandTests
{
    [Fact]
    public async Task A_received_file_ends_with_0_and_its_receipt_is_kept()
    {
        await using var bench = await CliBench.StartAsync();
        var bytes = TempFolder.Bytes(200_000);
        var delivery = bench.Gateway.Service.Inbox.Offer("d1", "houses.csv", bytes);

        var code = await ReceiveAsync(bench, "--once", "--receipts", bench.Folder.In("evidence"),
            "--receipt-trust", bench.ReceiptCertificate());

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(bytes, File.ReadAllBytes(In(bench, "houses.csv")));
        Assert.Contains("1 files: 1 received.", bench.Out, StringComparison.Ordinal);
        var kept = Assert.Single(Directory.GetFiles(bench.Folder.In("evidence")));
        Assert.Equal("t-d1-delivered-d1.xml", Path.GetFileName(kept));
        Assert.Equal(delivery.Receipts.Values.Single(), File.ReadAllBytes(kept));
    }

    [Fact]
    public async Task The_job_reads_its_facts_in_the_environment_and_tells_its_result_in_a_file()
    {
        await using var bench = await CliBench.StartAsync();
        var delivery = bench.Gateway.Service.Inbox.Offer("d1", "houses.csv", [1, 2, 3]);
        var told = bench.Folder.In("told");
        var job = $$"""
            printf '%s,%s,%s,%s' "$LINKGW_TRANSFER_ID" "$LINKGW_ATTEMPT" "$LINKGW_RECORD_COUNT" "$(wc -c < "$LINKGW_FILE")" > '{{told}}'
            echo '{"accepted": 6, "rejected": 1, "errors": [{"record": 4, "code": "E1", "text": "no such house"}]}' > "$LINKGW_RESULT_FILE"
            echo importing
            """;

        Assert.Equal(ExitCode.Ok, await ReceiveAsync(bench, "--job", job, "--json"));

        Assert.Equal("t-d1,1,7,3", File.ReadAllText(told).Replace(" ", "", StringComparison.Ordinal));
        var applied = delivery.Confirmed[1];
        Assert.Equal((ConfirmStages.Applied, 6L, 1L), (applied.Stage, applied.CountAccepted, applied.CountRejected));
        Assert.Equal("no such house", applied.FirstErrors.Single().Text);
        var file = bench.Json.GetProperty("files")[0];
        Assert.Equal(("applied", 6), (file.GetProperty("result").GetString(), file.GetProperty("accepted").GetInt32()));
        Assert.Contains("importing", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_never_sees_the_password()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Gateway.Service.Inbox.Offer("d1", "houses.csv", [1]);
        var told = bench.Folder.In("told");

        await ReceiveAsync(bench, "--job", $"env > '{told}'");

        Assert.DoesNotContain("LINKGW_PASSWORD", File.ReadAllText(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_job_ends_with_7_and_runs_the_job_on_error()
    {
        await using var bench = await CliBench.StartAsync();
        var delivery = bench.Gateway.Service.Inbox.Offer("d1", "houses.csv", [1]);
        var told = bench.Folder.In("told");

        var code = await ReceiveAsync(bench, "--job", "exit 3", "--error-job", $"printf %s \"$LINKGW_ERROR_CODE\" > '{told}'");

        Assert.Equal(ExitCode.DeliveryFailed, code);
        Assert.Equal(ConfirmStages.Rejected, delivery.Confirmed[1].Stage);
        Assert.Equal("rejected", File.ReadAllText(told));
        Assert.Contains("exit code 3", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_asks_for_later_ends_with_4_and_succeeds_later()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Gateway.Service.Inbox.Offer("d1", "houses.csv", [1]);
        const string Job = "test \"$LINKGW_ATTEMPT\" = 2 || exit 75";

        Assert.Equal(ExitCode.Temporary, await ReceiveAsync(bench, "--job", Job));
        Assert.Equal(ExitCode.Ok, await ReceiveAsync(bench, "--job", Job));
    }

    [Fact]
    public async Task A_file_that_another_is_fetching_ends_with_10_when_all_else_is_received()
    {
        await using var bench = await CliBench.StartAsync();
        var inbox = bench.Gateway.Service.Inbox;
        inbox.Offer("d1", "houses.csv", [1]).Lease = "of a run that was killed";
        inbox.Offer("d2", "land.csv", [2]);

        Assert.Equal(ExitCode.FetchedByAnother, await ReceiveAsync(bench, "--once", "--json"));

        Assert.Equal(10, bench.Json.GetProperty("exitCode").GetInt32());
        Assert.Equal(
            [("busy", 10), ("received", 0)],
            bench.Json.GetProperty("files").EnumerateArray()
                .Select(file => (file.GetProperty("result").GetString(), file.GetProperty("exitCode").GetInt32())));
        Assert.True(File.Exists(In(bench, "land.csv")));
        Assert.False(File.Exists(In(bench, "houses.csv")));
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_killed_with_all_that_it_started()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Gateway.Service.Inbox.Offer("d1", "houses.csv", [1]);

        Assert.Equal(ExitCode.DeliveryFailed, await ReceiveAsync(bench, "--job", "sleep 1000 & wait", "--job-timeout", "1s"));
    }

    [Fact]
    public async Task Watching_goes_on_until_a_signal()
    {
        await using var bench = await CliBench.StartAsync();
        using var cancellation = new CancellationTokenSource();
        bench.Gateway.Service.Inbox.Offer("d1", "a.csv", [1]);
        bench.Gateway.Service.Tricks = (operation, before) => (operation, before) switch
        {
            ("ListInbox", 2) => new Trick.Run(() => bench.Gateway.Service.Inbox.Offer("d2", "b.csv", [2])),
            ("ListInbox", 6) => new Trick.Run(cancellation.Cancel),
            _ => null,
        };

        var code = await bench.RunAsync(["receive", "--into", In(bench, ""), "--watch", .. bench.Server], cancellation.Token);

        Assert.Equal(ExitCode.Cancelled, code);
        Assert.True(File.Exists(In(bench, "a.csv")) && File.Exists(In(bench, "b.csv")));
    }

    [Fact]
    public async Task Watching_ends_where_the_gateway_refuses_for_good()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Gateway.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(ErrorCatalogue.NotAuthenticated));

        Assert.Equal(ExitCode.Refused, await ReceiveAsync(bench, "--watch"));
    }

    [Fact]
    public async Task A_taken_name_ends_with_2_and_may_be_numbered_or_replaced_instead()
    {
        await using var bench = await CliBench.StartAsync();
        Directory.CreateDirectory(In(bench, ""));
        File.WriteAllBytes(In(bench, "houses.csv"), [1]);
        bench.Gateway.Service.Inbox.Offer("d1", "houses.csv", [2]);

        Assert.Equal(ExitCode.Usage, await ReceiveAsync(bench));
        Assert.Equal(ExitCode.Ok, await ReceiveAsync(bench, "--on-exists", "replace", "--keep", "1"));

        Assert.Equal([2], File.ReadAllBytes(In(bench, "houses.csv")));
        Assert.Equal([1], File.ReadAllBytes(In(bench, "houses.csv.1")));
    }

    [Fact]
    public async Task A_folder_that_another_receives_into_ends_with_4()
    {
        await using var bench = await CliBench.StartAsync();
        using var other = Client.Receiving.InboxReceiver.TryOpen(bench.Gateway.Client, In(bench, ""));

        Assert.Equal(ExitCode.Temporary, await ReceiveAsync(bench));
        Assert.Empty(bench.Gateway.Service.Calls);
    }

    [Theory]
    [InlineData("--keep", "1")]
    [InlineData("--max", "0")]
    [InlineData("--tries", "0")]
    [InlineData("--on-exists", "perhaps")]
    [InlineData("--interval", "soon")]
    public async Task A_wrong_value_ends_with_2_before_anything_is_asked(string option, string value)
    {
        await using var bench = await CliBench.StartAsync();

        Assert.Equal(ExitCode.Usage, await bench.RunAsync(["receive", "--into", In(bench, ""), option, value, .. bench.Server]));
        Assert.Empty(bench.Gateway.Service.Calls);
        Assert.Equal(ExitCode.Usage, await ReceiveAsync(bench, "--once", "--watch"));
        Assert.Equal(ExitCode.Usage, await bench.RunAsync(["receive", .. bench.Server]));
    }

    [Fact]
    public async Task A_damaged_state_file_ends_with_2_and_is_named()
    {
        await using var bench = await CliBench.StartAsync();
        Directory.CreateDirectory(In(bench, ".linkgw-receive"));
        File.WriteAllText(In(bench, ".linkgw-receive/d1.json"), "{}");

        Assert.Equal(ExitCode.Usage, await ReceiveAsync(bench));
        Assert.Contains(In(bench, ".linkgw-receive/d1.json"), bench.Error, StringComparison.Ordinal);
    }

    static string In(CliBench bench, string name) => Path.Combine(bench.Folder.In("in"), name);

    static Task<int> ReceiveAsync(CliBench bench, params string[] more) =>
        bench.RunAsync(["receive", "--into", In(bench, ""), "--tries", "2", .. bench.Server, .. more]);
}

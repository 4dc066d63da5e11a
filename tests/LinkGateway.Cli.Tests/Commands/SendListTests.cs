using System.Text;
using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.States;

namespace LinkGateway.Cli.Commands;

public sealed class SendListTests
{
    [Fact]
    public async Task Every_file_of_a_list_is_sent_in_its_order_with_what_its_line_says()
    {
        await using var bench = await CliBench.StartAsync();
        var list = List(bench,
            "# tonight",
            bench.Folder.File("houses.csv", TempFolder.Bytes(100)),
            "",
            bench.Folder.File("land.csv", TempFolder.Bytes(200)) + "\t"
                + """{"interface":"land-tax","to":["zei"],"recordCount":7,"kind":"difference","properties":{"job":"J2"}}""");

        var code = await SendAsync(bench, list, "--property", "job=J1", "--property", "night=1");

        Assert.Equal(ExitCode.Ok, code);
        var manifests = bench.Gateway.Service.Transfers.Values.Select(transfer => transfer.Manifest).OrderBy(one => one.FileName).ToArray();
        Assert.Equal(["houses.csv", "land.csv"], manifests.Select(one => one.FileName));
        Assert.Equal(["house-tax", "land-tax"], manifests.Select(one => one.InterfaceId));
        Assert.Equal(("zei", 7L, "difference"), (manifests[1].Receivers.Single(), manifests[1].RecordCount, manifests[1].Kind));
        Assert.Equal(["night=1", "job=J2"], manifests[1].Properties.Select(one => $"{one.Name}={one.Value}"));
        Assert.Contains("[2/2]", bench.Out, StringComparison.Ordinal);
        Assert.Contains("2 files: 2 accepted.", bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_as_a_set_numbers_its_members()
    {
        await using var bench = await CliBench.StartAsync();
        var list = List(bench, bench.Folder.File("a.csv", [1]), bench.Folder.File("b.csv", [2]), bench.Folder.File("c.csv", [3]));

        Assert.Equal(ExitCode.Ok, await SendAsync(bench, list, "--as-set", "night-1"));

        var members = bench.Gateway.Service.Transfers.Values.Select(transfer => transfer.Manifest).OrderBy(one => one.FileName);
        Assert.Equal(
            [("night-1", 1, 3), ("night-1", 2, 3), ("night-1", 3, 3)],
            members.Select(one => (one.SetId, one.SetIndex!.Value, one.SetCount!.Value)));
    }

    [Fact]
    public async Task The_same_list_again_sends_nothing_twice_and_the_next_nights_set_sends_unchanged_files_anew()
    {
        await using var bench = await CliBench.StartAsync();
        var list = List(bench, bench.Folder.File("a.csv", [1]), bench.Folder.File("b.csv", [2]));
        await SendAsync(bench, list, "--as-set", "night-1");
        bench.Gateway.Service.ForgetCalls();

        Assert.Equal(ExitCode.Ok, await SendAsync(bench, list, "--as-set", "night-1"));
        Assert.Equal((2, 0), (bench.Gateway.Service.Transfers.Count, bench.Gateway.Service.CountOf("PutChunk")));

        Assert.Equal(ExitCode.Ok, await SendAsync(bench, list, "--as-set", "night-2"));
        Assert.Equal(4, bench.Gateway.Service.Transfers.Count);
    }

    [Fact]
    public async Task A_file_that_is_refused_keeps_no_other_from_being_sent_and_decides_the_exit_code()
    {
        await using var bench = await CliBench.StartAsync();
        var list = List(bench, bench.Folder.File("a.csv", [1]), bench.Folder.File("b.csv", [2]), bench.Folder.File("c.csv", [3]));
        bench.Gateway.Service.Tricks = (operation, before) => operation == "OpenTransfer" && before == 1
            ? new Trick.Refuse(new Refusal(ErrorCatalogue.NoRoute, "juki", "house-tax", "kaoku"))
            : null;

        Assert.Equal(ExitCode.Refused, await SendAsync(bench, list, "--json"));

        Assert.Equal(2, bench.Gateway.Service.Transfers.Count);
        Assert.Equal(2, bench.Json.GetProperty("counts").GetProperty("accepted").GetInt32());
        var refused = bench.Json.GetProperty("files")[1].GetProperty("outcome");
        Assert.Equal(("refused", "LG-3002"), (refused.GetProperty("result").GetString(), refused.GetProperty("errorCode").GetString()));
        Assert.Equal(ExitCode.Refused, bench.Json.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task A_gateway_that_is_away_for_two_files_in_a_row_is_not_tried_for_the_others()
    {
        await using var bench = await CliBench.StartAsync();
        var list = List(bench, [.. Enumerable.Range(0, 5).Select(i => bench.Folder.File($"{i}.csv", [(byte)i]))]);
        bench.Gateway.Service.Tricks = (_, before) => before >= 1 ? new Trick.Refuse(new Refusal(ErrorCatalogue.StorageTrouble)) : null;

        Assert.Equal(ExitCode.Temporary, await SendAsync(bench, list, "--tries", "1", "--json"));

        var ends = bench.Json.GetProperty("files").EnumerateArray()
            .Select(file => file.GetProperty("outcome").GetProperty("result").GetString());
        Assert.Equal(["accepted", "unavailable", "unavailable", "notTried", "notTried"], ends);
        bench.Gateway.Service.Tricks = (_, _) => null;
        Assert.Equal(ExitCode.Ok, await SendAsync(bench, list));
        Assert.Equal(5, bench.Gateway.Service.Transfers.Count);
    }

    [Fact]
    public async Task Delivery_is_waited_for_when_all_members_of_a_set_are_accepted()
    {
        await using var bench = await CliBench.StartAsync();
        var list = List(bench, bench.Folder.File("a.csv", [1]), bench.Folder.File("b.csv", [2]));
        bench.Gateway.Service.Deliveries = (_, _) =>
            [FakeGateway.Delivery("kaoku", bench.Gateway.Service.Transfers.Count == 2 ? DeliveryState.Delivered : DeliveryState.Held)];

        var code = await SendAsync(bench, list, "--as-set", "night-1", "--wait", "delivered", "--out", bench.Folder.In("evidence"));

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("2 files: 2 delivered.", bench.Out, StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(bench.Folder.In("evidence")).Length);
    }

    [Fact]
    public async Task A_wrong_list_ends_with_2_names_every_wrong_line_and_sends_nothing()
    {
        await using var bench = await CliBench.StartAsync();
        var good = bench.Folder.File("a.csv", [1]);
        var list = List(bench, good, bench.Folder.In("nowhere.csv"), good, good + "x\t{\"kin\":\"full\"}", good + "\t{\"kind\":\"some\"}");

        Assert.Equal(ExitCode.Usage, await SendAsync(bench, list));

        Assert.All(["Line 2:", "Line 3:", "Line 4:", "Line 5:"], line => Assert.Contains(line, bench.Error, StringComparison.Ordinal));
        Assert.Empty(bench.Gateway.Service.Calls);
        Assert.Equal(ExitCode.Usage, await SendAsync(bench, List(bench, "# nothing")));
    }

    [Theory]
    [InlineData("--id", "x")]
    [InlineData("--name", "x")]
    [InlineData("--set-id", "x")]
    public async Task Options_of_one_file_are_refused_beside_a_list(string option, string value)
    {
        await using var bench = await CliBench.StartAsync();

        Assert.Equal(ExitCode.Usage, await SendAsync(bench, List(bench, bench.Folder.File("a.csv", [1])), option, value));
        Assert.Contains(option, bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_in_the_middle_still_tells_what_was_sent()
    {
        await using var bench = await CliBench.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var list = List(bench, bench.Folder.File("a.csv", [1]), bench.Folder.File("b.csv", [2]));
        bench.Gateway.Service.Tricks = (operation, before) =>
            operation == "OpenTransfer" && before == 1 ? new Trick.Run(cancellation.Cancel) : null;

        var code = await bench.RunAsync(
            ["send", "--from-list", list, "--to", "kaoku", "--interface", "house-tax", "--json", .. bench.Server], cancellation.Token);

        Assert.Equal(ExitCode.Cancelled, code);
        Assert.Equal(1, bench.Json.GetProperty("counts").GetProperty("accepted").GetInt32());
        Assert.Equal(1, bench.Json.GetProperty("counts").GetProperty("notTried").GetInt32());
    }

    [Fact]
    public async Task A_list_may_come_from_standard_input()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Input = Encoding.UTF8.GetBytes(bench.Folder.File("a.csv", [1]) + "\r\n" + bench.Folder.File("b.csv", [2]));

        Assert.Equal(ExitCode.Ok, await SendAsync(bench, "-"));

        Assert.Equal(2, bench.Gateway.Service.Transfers.Count);
    }

    static string List(CliBench bench, params string[] lines) =>
        bench.Folder.File("list.txt", Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    static Task<int> SendAsync(CliBench bench, string list, params string[] more) => bench.RunAsync(
    [
        "send", "--from-list", list, "--to", "kaoku", "--interface", "house-tax", "--environment", "test", .. bench.Server, .. more,
    ]);
}

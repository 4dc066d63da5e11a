using LinkGateway.Client.Gateway;
using LinkGateway.Contract.States;

namespace LinkGateway.Cli.Commands;

public sealed class QueryCommandTests
{
    [Fact]
    public async Task Status_shows_transfer_and_deliveries()
    {
        await using var bench = await CliBench.StartAsync();
        bench.Gateway.Service.Deliveries = (_, _) => [FakeGateway.Delivery("kaoku", DeliveryState.Failed, "disk full")];
        await bench.SendAsync(bench.Folder.File("houses.csv", [1]), "--id", "night-7");

        var code = await bench.RunAsync(["status", "night-7", .. bench.Server]);

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("Accepted", bench.Out, StringComparison.Ordinal);
        Assert.Contains("kaoku: Failed", bench.Out, StringComparison.Ordinal);
        Assert.Contains("LG-6004 disk full", bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_of_an_unknown_transfer_is_refused()
    {
        await using var bench = await CliBench.StartAsync();

        var code = await bench.RunAsync(["status", "never", .. bench.Server]);

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("LG-2001", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_of_a_transfer_are_listed_and_written_byte_for_byte()
    {
        await using var bench = await CliBench.StartAsync();
        await bench.SendAsync(bench.Folder.File("houses.csv", [1]), "--id", "../night 7");

        var code = await bench.RunAsync(["receipts", "../night 7", "--json", "--out", bench.Folder.In("evidence"), .. bench.Server]);

        Assert.Equal(ExitCode.Ok, code);
        var files = bench.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToArray();
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(bench.Folder.In("evidence"), Path.GetDirectoryName(file)));
        Assert.Equal(bench.Gateway.Service.Only.Receipt!.ReceiptDocument, File.ReadAllBytes(files[0]));
    }

    [Fact]
    public async Task New_receipts_come_with_the_next_cursor()
    {
        await using var bench = await CliBench.StartAsync();
        await bench.SendAsync(bench.Folder.File("houses.csv", [1]));

        Assert.Equal(ExitCode.Ok, await bench.RunAsync(["receipts", "--since", "", .. bench.Server]));
        Assert.Contains(bench.Gateway.Service.Only.Receipt!.ReceiptId, bench.Out, StringComparison.Ordinal);
        Assert.Contains("cursor-1", bench.Out, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Ok, await bench.RunAsync(["receipts", "--since", "cursor-1", .. bench.Server]));
        Assert.DoesNotContain(bench.Gateway.Service.Only.Receipt.ReceiptId, bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_need_either_an_id_or_a_cursor()
    {
        await using var bench = await CliBench.StartAsync();

        Assert.Equal(ExitCode.Usage, await bench.RunAsync(["receipts", .. bench.Server]));
        Assert.Equal(ExitCode.Usage, await bench.RunAsync(["receipts", "night-7", "--since", "c", .. bench.Server]));
    }

    [Fact]
    public async Task Cancel_tells_what_became_of_each_delivery()
    {
        await using var bench = await CliBench.StartAsync();
        await bench.SendAsync(bench.Folder.File("houses.csv", [1]), "--id", "night-7");

        var code = await bench.RunAsync(["cancel", "night-7", "--reason", "wrong file", .. bench.Server]);

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("kaoku: cancelled", bench.Out, StringComparison.Ordinal);
    }
}

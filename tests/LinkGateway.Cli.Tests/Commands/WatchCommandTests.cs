using System.Text.Json;
using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Cli.Commands;

public sealed class WatchCommandTests : IAsyncLifetime
{
    CliBench _bench = null!;

    string In => _bench.Folder.In("in");

    public async Task InitializeAsync()
    {
        _bench = await CliBench.StartAsync();
        Directory.CreateDirectory(In);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Once_sends_what_is_whole_and_ends()
    {
        Put("full_20261127.csv", 100);
        Put("full_20261128.csv", 200);

        Assert.Equal(ExitCode.Ok, await WatchAsync(
            "--once", "--name-pattern", @"(?<kind>full)_(?<baseDate>\d{8})\.csv", "--done", _bench.Folder.In("done"), "--out",
            _bench.Folder.In("receipts")));

        var manifests = _bench.Gateway.Service.Transfers.Values.Select(transfer => transfer.Manifest).OrderBy(one => one.FileName);
        Assert.Equal([new DateOnly(2026, 11, 27), new DateOnly(2026, 11, 28)], manifests.Select(one => one.BaseDate!.Value));
        Assert.Empty(Directory.EnumerateFiles(In));
        Assert.Equal(2, Directory.EnumerateFiles(_bench.Folder.In("done")).Count());
        Assert.Equal(2, Directory.EnumerateFiles(_bench.Folder.In("receipts")).Count());
        Assert.Contains("full_20261127.csv", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_waits_for_what_is_still_growing()
    {
        Put("houses.csv", 100);

        Assert.Equal(ExitCode.Ok, await WatchAsync(
            "--once", "--complete", "stable", "--stable-for", "1s", "--interval", "1s", "--delete"));

        Assert.Single(_bench.Gateway.Service.Transfers);
        Assert.Empty(Directory.EnumerateFiles(In));
    }

    [Fact]
    public async Task The_worst_of_the_files_is_the_exit_code()
    {
        Put("a.csv", 1);
        Put("other.csv", 1);

        Assert.Equal(ExitCode.Refused, await WatchAsync("--once", "--name-pattern", @"a\.csv", "--errors", _bench.Folder.In("errors")));

        Assert.Single(_bench.Gateway.Service.Transfers);
        Assert.True(File.Exists(_bench.Folder.In("errors/other.csv.error.json")));
    }

    [Fact]
    public async Task What_is_refused_to_the_sender_ends_it_also_while_watching()
    {
        Put("a.csv", 1);
        _bench.Gateway.Service.Tricks = (_, _) => new Trick.Refuse(new Refusal(ErrorCatalogue.NotAuthenticated));

        Assert.Equal(ExitCode.Refused, await WatchAsync("--errors", _bench.Folder.In("errors")));

        Assert.Equal(["a.csv", "a.csv.linkgw"], Directory.EnumerateFiles(In).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task Watching_goes_on_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        Put("a.csv", 1);
        var watching = _bench.RunAsync(Command("--interval", "1s"), stop.Token);
        while (!watching.IsCompleted && _bench.Gateway.Service.Transfers.IsEmpty) await Task.Delay(10);
        Put("b.csv", 2);
        while (!watching.IsCompleted && _bench.Gateway.Service.Transfers.Count < 2) await Task.Delay(10);
        await stop.CancelAsync();

        Assert.Equal(ExitCode.Cancelled, await watching);
    }

    [Fact]
    public async Task Json_is_a_line_for_each_file()
    {
        Put("a.csv", 1);
        Put("b.csv", 2);

        await WatchAsync("--once", "--json");

        var lines = _bench.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["a.csv", "b.csv"], lines.Select(line => Path.GetFileName(line.GetProperty("file").GetString())));
        Assert.All(lines, line => Assert.Equal("accepted", line.GetProperty("outcome").GetProperty("result").GetString()));
    }

    [Theory]
    [InlineData("--done", "x", "--delete")]
    [InlineData("--name-pattern", "(")]
    [InlineData("--stable-for", "0s")]
    [InlineData("--id", "mine")]
    [InlineData("--complete", "never")]
    public async Task A_wrong_command_is_told_before_anything_is_sent(params string[] more)
    {
        Put("a.csv", 1);

        Assert.Equal(ExitCode.Usage, await WatchAsync(["--once", .. more]));

        Assert.Empty(_bench.Gateway.Service.Transfers);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        Directory.Delete(In);

        Assert.Equal(ExitCode.Usage, await WatchAsync("--once"));
    }

    void Put(string name, int size) => File.WriteAllBytes(Path.Combine(In, name), TempFolder.Bytes(size));

    Task<int> WatchAsync(params string[] more) => _bench.RunAsync(Command(more));

    string[] Command(params string[] more)
    {
        string[] complete = more.Contains("--complete") ? [] : ["--complete", "name"];
        return
        [
            "watch", In, "--to", "kaoku", "--interface", "house-tax", "--environment", "test", "--tries", "2", .. _bench.Server,
            .. complete, .. more,
        ];
    }
}

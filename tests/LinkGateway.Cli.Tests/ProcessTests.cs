using System.Diagnostics;
using LinkGateway.Cli.Commands;
using LinkGateway.Client.Gateway;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Cli;

/// <summary>The program as a process: what only the operating system shows.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task The_process_ends_with_the_commands_exit_code()
    {
        using var process = Start(
            "send", "nowhere.csv", "--to", "kaoku", "--interface", "house-tax", "--server", "http://127.0.0.1:9/batch", "--origin", "juki");

        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Usage, process.ExitCode);
        Assert.Contains("nowhere.csv", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_the_process_with_130_and_the_same_command_continues()
    {
        // Signals of another process cannot be sent on Windows.
        if (OperatingSystem.IsWindows()) return;
        await using var bench = await CliBench.StartAsync();
        var path = bench.Folder.File("houses.csv", TempFolder.Bytes(10));
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Gateway.Service.Tricks = (operation, _) =>
        {
            if (operation != "CommitTransfer") return null;
            reached.TrySetResult();
            return new Trick.NeverAnswer();
        };
        string[] arguments = ["send", path, "--to", "kaoku", "--interface", "house-tax", .. bench.Server];
        using var process = Start(arguments);
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(3));

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token);

        Assert.Equal(ExitCode.Cancelled, process.ExitCode);
        bench.Gateway.Service.Tricks = (_, _) => null;
        Assert.Equal(ExitCode.Ok, await bench.RunAsync(arguments));
        Assert.Single(bench.Gateway.Service.Transfers);
    }

    [Fact]
    public async Task A_killed_process_loses_nothing_and_the_same_command_sends_only_the_rest()
    {
        await using var bench = await CliBench.StartAsync();
        var content = TempFolder.Bytes(5 * 65_536);
        var path = bench.Folder.File("houses.csv", content);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Gateway.Service.Tricks = (operation, before) =>
        {
            if (operation != "PutChunk" || before < 2) return null;
            reached.TrySetResult();
            return new Trick.Refuse(new Refusal(ErrorCatalogue.Overloaded, "uploads") { RetryAfter = TimeSpan.FromMinutes(2) });
        };
        string[] arguments = ["send", path, "--to", "kaoku", "--interface", "house-tax", "--in-flight", "1", .. bench.Server];
        using (var process = Start(arguments))
        {
            await reached.Task.WaitAsync(TimeSpan.FromMinutes(3));
            process.Kill();
            await process.WaitForExitAsync();
        }
        bench.Gateway.Service.Tricks = (_, _) => null;
        bench.Gateway.Service.ForgetCalls();

        Assert.Equal(ExitCode.Ok, await bench.RunAsync(arguments));

        Assert.Equal(content, bench.Gateway.Service.Only.Bytes);
        Assert.Equal(3 * 65_536, bench.Gateway.Service.ContentBytes);
    }

    static Process Start(params string[] arguments)
    {
        var program = typeof(LinkgwCommand).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C", ["LINKGW_PASSWORD"] = "secret" },
        };
        return Process.Start(start)!;
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using LinkGateway.Server.Hosting;
using LinkGateway.Server.Tests.Support;

namespace LinkGateway.Server.Tests.Hosting;

/// <summary>The process as service managers and scripts meet it.</summary>
public sealed partial class ProcessTests
{
    const int Hangup = 1;
    const int Terminate = 15;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_bad_configuration_is_told_with_all_its_errors_and_exit_code_2()
    {
        using var folder = new GatewayFolder(json =>
        {
            json["gateway"]!["environment"] = "prod";
            json["routes"]![0]!["retention"] = "soon";
        });
        using var process = Start("--config", folder.ConfigurationPath);

        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((int)ExitCode.BadConfiguration, process.ExitCode);
        Assert.Contains("$.gateway.environment", errors, StringComparison.Ordinal);
        Assert.Contains("$.routes[0].retention", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task A_missing_option_ends_with_exit_code_2()
    {
        using var process = Start();

        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((int)ExitCode.BadConfiguration, process.ExitCode);
        Assert.Contains("--config", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_when_it_is_ready_reloads_on_SIGHUP_and_stops_on_SIGTERM_with_exit_code_0()
    {
        using var folder = new GatewayFolder();
        using var process = Start("--config", folder.ConfigurationPath);
        try
        {
            var ready = await LineWithAsync(process, "Ready:");
            Assert.Contains("https://127.0.0.1:", ready, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder.Data, ListenersFile.Name)));

            Assert.Equal(0, Kill(process.Id, Hangup));
            Assert.Contains(folder.ConfigurationPath, await LineWithAsync(process, "was reloaded"), StringComparison.Ordinal);

            Assert.Equal(0, Kill(process.Id, Terminate));
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, process.ExitCode);
            Assert.False(File.Exists(Path.Combine(folder.Data, ListenersFile.Name)));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_directory_ends_with_exit_code_3()
    {
        await using var first = await TestGateway.StartAsync();
        using var process = Start("--config", first.Folder.ConfigurationPath);

        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((int)ExitCode.DataUnavailable, process.ExitCode);
        Assert.Contains(first.Folder.Data, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_can_be_made_before_the_first_start_and_are_kept()
    {
        using var folder = new GatewayFolder();
        string[] command = ["keys", "--id", "gw-test", "--data", folder.Data];

        Assert.Contains("made " + Path.Combine(folder.Data, "keys", "receipt.cer"), await OutputAsync(command), StringComparison.Ordinal);
        Assert.Contains("kept " + Path.Combine(folder.Data, "keys", "receipt.cer"), await OutputAsync(command), StringComparison.Ordinal);
    }

    static async Task<string> OutputAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    static async Task<string> LineWithAsync(Process process, string text)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
        throw new InvalidOperationException($"The process ended without a line '{text}': {await process.StandardError.ReadToEndAsync()}");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

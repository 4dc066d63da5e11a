using System.CommandLine;
using System.Runtime.InteropServices;
using LinkGateway.Server.Hosting;
using LinkGateway.Server.Logging;
using LinkGateway.Server.TestSeams;

namespace LinkGateway.Server;

/// <summary>The process <c>linkgateway-server</c>. Exit codes: <see cref="ExitCode"/>.</summary>
public static class Program
{
    /// <summary>Runs a gateway until SIGTERM or SIGINT; SIGHUP reloads the configuration.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Main(string[] arguments)
    {
        // The patterns of partners' schemas are matched by backtracking, and one may be careless. Read once, before any Regex is used.
        AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(1));
        var config = new Option<string>("--config") { Description = "Path of gateway.json", Required = true };
        var data = new Option<string?>("--data") { Description = "Data directory, in place of data.directory of the configuration" };
        var stop = new Option<int>("--stop-seconds")
        {
            Description = "Seconds that running requests may take to finish when stopping",
            DefaultValueFactory = _ => 30,
        };
        var log = new Option<string>("--log")
        {
            Description = "Form of the log on standard output: text or json",
            DefaultValueFactory = _ => "text",
        };
        var testSeams = new Option<string?>("--test-seams")
        {
            Description = "For fault tests on this machine only: folder with orders for the clock, the stores and kills",
            Hidden = true,
        };
        log.AcceptOnlyFromAmong("text", "json");
        var command = new RootCommand("A gateway between the systems of municipalities.") { config, data, stop, log, testSeams };
        command.SetAction((parsed, _) =>
        {
            var seams = parsed.GetValue(testSeams) is { } folder ? new Seams(folder) : null;
            return RunAsync(new GatewayHostOptions
            {
                ConfigurationPath = parsed.GetRequiredValue(config),
                DataDirectory = parsed.GetValue(data),
                StopTimeout = TimeSpan.FromSeconds(parsed.GetValue(stop)),
                Logging = logging => ConsoleLog.Add(logging, asJson: parsed.GetValue(log) == "json"),
                Time = seams?.Time ?? TimeProvider.System,
                Seams = seams,
            });
        });

        command.Subcommands.Add(KeysCommand.Build());

        var parsed = command.Parse(arguments);
        // Signals are handled here: the library's own handling would end the process after two seconds.
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        return parsed.Errors.Count > 0 ? (int)ExitCode.BadConfiguration : exitCode;
    }

    static async Task<int> RunAsync(GatewayHostOptions options)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var term = OnSignal(PosixSignal.SIGTERM, () => stop.TrySetResult());
        using var interrupt = OnSignal(PosixSignal.SIGINT, () => stop.TrySetResult());
        // From the beginning: unhandled, SIGHUP ends the process, and a deployment may send it
        // as soon as the gateway says that it is ready.
        var started = new TaskCompletionSource<GatewayHost>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var reload = OnSignal(PosixSignal.SIGHUP, () => _ = ReloadAsync(started.Task));
        try
        {
            await using var host = await GatewayHost.StartAsync(options);
            started.SetResult(host);
            var ended = await Task.WhenAny(stop.Task, host.Failed);
            return (int)(ended == stop.Task ? ExitCode.Stopped : ExitCode.Failed);
        }
        catch (StartException error)
        {
            foreach (var problem in error.Problems)
                await Console.Error.WriteLineAsync(problem);
            return (int)error.ExitCode;
        }
    }

    static async Task ReloadAsync(Task<GatewayHost> started) => (await started).Reload();

    static PosixSignalRegistration OnSignal(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        action();
    });
}

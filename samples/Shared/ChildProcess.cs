using System.Diagnostics;

namespace LinkGateway.Samples.Shared;

/// <summary>Starts the programs of this repository that were built beside a sample.</summary>
static class ChildProcess
{
    /// <summary>Starts <paramref name="program"/> (the name of its assembly, without extension).</summary>
    /// <param name="program">Such as <c>linkgw</c>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Variables to add.</param>
    /// <param name="logFile">Where its output goes; null: to this console.</param>
    public static Process Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? logFile = null)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet)
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, program + ".dll") },
            RedirectStandardOutput = logFile is not null,
            RedirectStandardError = logFile is not null,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        if (logFile is not null) Copy(process, logFile);
        return process;
    }

    /// <summary>Runs a program to its end; its output goes to a file or, where that is null, to this console.</summary>
    /// <exception cref="SampleException">It did not end with 0.</exception>
    public static async Task RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken, string? logFile = null)
    {
        using var process = Start(program, arguments, environment, logFile);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        if (process.ExitCode != 0) throw new SampleException($"{program} {arguments[0]} ended with exit code {process.ExitCode}.");
    }

    static void Copy(Process process, string logFile)
    {
        var file = new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        var log = TextWriter.Synchronized(new StreamWriter(file) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => { if (line.Data is not null) log.WriteLine(line.Data); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) log.WriteLine(line.Data); };
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }
}

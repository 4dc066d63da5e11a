using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LinkGateway.Client.Receiving;

/// <summary>A job that is a program: it gets the facts in its environment, nothing on standard input, and ends by its exit code.</summary>
/// <param name="command">The program and its arguments; no shell is between.</param>
/// <param name="output">Told each line that it writes, from any thread.</param>
/// <param name="hidden">Variables of this process that it does not get, such as passwords.</param>
/// <param name="timeLimit">Longest time, after which it and all that it started are killed; null sets none.</param>
public sealed class CommandJob(
    IReadOnlyList<string> command, Action<string> output, IReadOnlyCollection<string> hidden, TimeSpan? timeLimit = null) : IReceivingJob
{
    // A job may leave a process behind that keeps its output open; its last lines are waited for only so long.
    static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<JobResult> RunAsync(IReadOnlyDictionary<string, string> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        using var process = new Process { StartInfo = StartInfo(facts), EnableRaisingEvents = true };
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (text, errors) = (Lines(), Lines());
        process.Exited += (_, _) => ended.TrySetResult();
        process.OutputDataReceived += (_, line) => Write(line.Data, text);
        process.ErrorDataReceived += (_, line) => Write(line.Data, errors);
        Start(process);
        if (await Task.WhenAny(ended.Task, Task.Delay(timeLimit ?? Timeout.InfiniteTimeSpan)) != ended.Task)
        {
            output($"The job ran longer than {timeLimit} and is killed.");
            process.Kill(entireProcessTree: true);
            await ended.Task;
        }

        await Task.WhenAny(Task.WhenAll(text.Task, errors.Task), Task.Delay(LastLines));
        return facts.TryGetValue(JobFacts.ResultFile, out var result)
            ? JobResultFile.Read(result, process.ExitCode)
            : new JobResult { ExitCode = process.ExitCode };
    }

    ProcessStartInfo StartInfo(IReadOnlyDictionary<string, string> facts)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in hidden) start.Environment.Remove(name);
        foreach (var (name, value) in facts) start.Environment[name] = value;
        return start;
    }

    void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The job '{command[0]}' cannot be started: {e.Message}"), e);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    void Write(string? line, TaskCompletionSource end)
    {
        if (line is null) end.TrySetResult();
        else output(line);
    }

    static TaskCompletionSource Lines() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

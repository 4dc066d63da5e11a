using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LinkGateway.Contract.Jobs;

namespace LinkGateway.Client.Receiving;

/// <summary>A job that is a program: it gets the facts in its environment and ends by its exit code.</summary>
/// <param name="command">The program and its arguments; no shell is between.</param>
/// <param name="output">Told each line that it writes, from any thread.</param>
/// <param name="inherits">Which variables of this process it gets; not those that hold passwords.</param>
/// <param name="timeLimit">Longest time, after which it and all that it started are killed; null sets none.</param>
/// <param name="input">What it finds on standard input; null for nothing.</param>
public sealed class CommandJob(
    IReadOnlyList<string> command, Action<string> output, Func<string, bool> inherits, TimeSpan? timeLimit = null, byte[]? input = null)
    : IReceivingJob
{
    // A job may leave a process behind that keeps its output open; its last lines are waited for only so long.
    static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public Task<JobResult> RunAsync(IReadOnlyDictionary<string, string> facts) => RunAsync(facts, CancellationToken.None);

    /// <summary>Runs it to its end, or kills it and all that it started.</summary>
    /// <param name="facts">What is known of the file.</param>
    /// <param name="kill">Kills it.</param>
    /// <returns>What it made of the file.</returns>
    /// <exception cref="IOException">It could not be started.</exception>
    /// <exception cref="OperationCanceledException">It was killed.</exception>
    public async Task<JobResult> RunAsync(IReadOnlyDictionary<string, string> facts, CancellationToken kill)
    {
        ArgumentNullException.ThrowIfNull(facts);
        using var process = new Process { StartInfo = StartInfo(facts), EnableRaisingEvents = true };
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (text, errors) = (Lines(), Lines());
        process.Exited += (_, _) => ended.TrySetResult();
        process.OutputDataReceived += (_, line) => Write(line.Data, text);
        process.ErrorDataReceived += (_, line) => Write(line.Data, errors);
        Start(process);
        if (await Task.WhenAny(ended.Task, Task.Delay(timeLimit ?? Timeout.InfiniteTimeSpan, kill)) != ended.Task)
        {
            if (!kill.IsCancellationRequested) output($"The job ran longer than {timeLimit} and is killed.");
            process.Kill(entireProcessTree: true);
            await ended.Task;
            kill.ThrowIfCancellationRequested();
        }

        await Task.WhenAny(Task.WhenAll(text.Task, errors.Task), Task.Delay(LastLines, CancellationToken.None));
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
        foreach (var name in start.Environment.Keys.Where(name => !inherits(name)).ToArray()) start.Environment.Remove(name);
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

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = FeedAsync(process.StandardInput);
    }

    // Beside the wait for its end: a program may not read what it is given.
    async Task FeedAsync(StreamWriter standardInput)
    {
        try
        {
            await using var owned = standardInput.BaseStream;
            if (input is not null) await owned.WriteAsync(input);
        }
        catch (IOException)
        {
            // It has ended, or has closed its input.
        }
    }

    void Write(string? line, TaskCompletionSource end)
    {
        if (line is null) end.TrySetResult();
        else output(line);
    }

    static TaskCompletionSource Lines() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

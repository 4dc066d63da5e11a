using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>A process, mostly of one of the programs built beside the tests. It does not outlive the test run, however that ends.</summary>
sealed partial class Child : IDisposable
{
    // An operator's Ctrl+C or a failed fixture must leave no gateway behind.
    static readonly ConcurrentDictionary<Child, Process> Running = new();

    readonly Process _process;
    readonly StringBuilder _output = new();
    readonly StringBuilder _errors = new();

    static Child() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Running.Values) process.Kill();
    };

    Child(Process process)
    {
        _process = process;
        Running.TryAdd(this, process);
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => Text(_output);

    /// <summary>What it has written to standard error so far.</summary>
    public string Errors => Text(_errors);

    /// <summary>Starts a program.</summary>
    /// <param name="program">Name of its assembly without extension, such as <c>linkgw</c>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="folder">Its working folder and home.</param>
    /// <param name="environment">Variables to add.</param>
    /// <param name="from">Where it was built; null: beside the tests.</param>
    public static Child Start(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment,
        string? from = null) =>
        StartFile(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", Path.Combine(from ?? AppContext.BaseDirectory, program + ".dll"), .. arguments],
            folder,
            environment);

    /// <summary>Starts a program of another make.</summary>
    /// <param name="file">Its file; where it is a script, it must become the program by <c>exec</c>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="folder">Its working folder and home.</param>
    /// <param name="environment">Variables to add.</param>
    public static Child StartFile(
        string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // Neither a profile of the person who runs the tests nor its language shall matter.
        start.Environment["HOME"] = folder;
        start.Environment["XDG_CONFIG_HOME"] = folder;
        start.Environment["LC_ALL"] = "en_US.UTF-8";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new Child(Process.Start(start)!);
    }

    /// <summary>Hands it a file on standard input.</summary>
    public async Task PipeAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        await stream.CopyToAsync(_process.StandardInput.BaseStream);
        _process.StandardInput.Close();
    }

    /// <summary>Waits for its end and the end of its output.</summary>
    public async Task<int> ExitAsync(TimeSpan? patience = null)
    {
        await _process.WaitForExitAsync().WaitAsync(patience ?? Patience.Long);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL, and waits until the process is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>SIGTERM: asks it to stop.</summary>
    public void Terminate() => Signal(15);

    /// <summary>SIGHUP: asks it to read its configuration again.</summary>
    public void Hangup() => Signal(1);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        Running.TryRemove(this, out _);
        _process.Dispose();
    }

    void Signal(int number)
    {
        if (Kill(_process.Id, number) != 0) throw new InvalidOperationException($"Signal {number} cannot be sent: the process has ended.");
    }

    static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }

    static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

using System.Diagnostics;

namespace LinkGateway.LoadBench.Processes;

/// <summary>A process under measurement; ends with its owner.</summary>
sealed class Child : IDisposable
{
    readonly Process _process;

    Child(Process process)
    {
        _process = process;
        CleanUp.Add(this, Kill);
    }

    public int Id => _process.Id;

    /// <summary>Starts a program that lies beside this one.</summary>
    public static Child Start(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        StartProgram(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), .. arguments],
            environment);

    /// <summary>Starts any program.</summary>
    public static Child StartProgram(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return new Child(process);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> OutputOfAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    /// <summary>Waits for a file that the process writes when it is ready.</summary>
    public async Task WaitForAsync(string path)
    {
        for (var i = 0; i < 6000; i++)
        {
            if (File.Exists(path)) return;
            if (_process.HasExited) throw new InvalidOperationException($"A process ended with {_process.ExitCode} before it was ready.");
            await Task.Delay(10);
        }

        throw new TimeoutException($"{path} did not appear within a minute.");
    }

    public void Dispose()
    {
        Kill();
        CleanUp.Done(this);
        _process.Dispose();
    }

    void Kill()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }
}

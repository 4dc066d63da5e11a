using System.Diagnostics;
using System.Text;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>Runs the programs of the sample clients to their end.</summary>
static class ToolkitProcess
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs a program; one that does not end fails the test.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="variables">Variables to add; the last of a name counts.</param>
    public static async Task<ToolkitRun> RunAsync(
        string program, string[] arguments, string folder, params IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // Neither the language nor a proxy of the person who runs the tests shall matter.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["no_proxy"] = start.Environment["NO_PROXY"] = "127.0.0.1,localhost";
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var command = $"{program} {string.Join(' ', arguments)}";
        using var patience = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"Not ended after {Limit}: {new ToolkitRun(command, -1, await output, await errors)}");
        }
        return new ToolkitRun(command, process.ExitCode, await output, await errors);
    }
}

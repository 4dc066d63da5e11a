using System.Diagnostics;

namespace LinkGateway.Interop.Tests.Tools;

/// <summary>A program of another project that our documents are checked with.</summary>
static class ExternalTool
{
    /// <summary>Set to 1, a missing tool fails its tests instead of skipping them.</summary>
    public const string RequireVariable = "LINKGATEWAY_REQUIRE_TOOLS";

    public static bool IsRequired => Environment.GetEnvironmentVariable(RequireVariable) == "1";

    public static bool IsInstalled(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, tool)));

    /// <summary>Runs the tool to its end; its output is both streams together.</summary>
    public static (int ExitCode, string Output) Run(string tool, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}

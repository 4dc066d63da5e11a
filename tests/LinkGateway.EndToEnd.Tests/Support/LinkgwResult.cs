using System.Text.Json;

namespace LinkGateway.EndToEnd.Tests.Support;

/// <summary>How a run of <c>linkgw</c> ended.</summary>
sealed record LinkgwResult(int ExitCode, string Output, string Errors)
{
    /// <summary>What <c>--json</c> wrote.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Asserts the exit code; a failure shows what was written.</summary>
    public LinkgwResult Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode} in place of {exitCode}.\n{Errors}\n{Output}");
        return this;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using LinkGateway.EndToEnd.Tests.Support;

namespace LinkGateway.FaultHarness.Sending;

/// <summary>The sending system: <c>linkgw send</c>, given again as a job scheduler does as long as it ends with "temporary".</summary>
sealed class Sender(string folder, IReadOnlyList<string> connection, string password)
{
    const int Done = 0;
    const int Temporary = 4;
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Starts it once.</summary>
    public Child Start(OutgoingFile file, params IEnumerable<string> more) => Child.Start(
        "linkgw", ["send", file.Path, .. connection, "--json", .. more], folder,
        new Dictionary<string, string> { ["LINKGW_PASSWORD"] = password });

    /// <summary>Runs it once to its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(OutgoingFile file, params string[] more)
    {
        using var linkgw = Start(file, more);
        return await EndAsync(linkgw, file);
    }

    /// <summary>Waits for the end of one run, and learns from it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> EndAsync(Child linkgw, OutgoingFile file)
    {
        var code = await linkgw.ExitAsync(Longest);
        try
        {
            if (linkgw.Output.Length > 0) file.Learn(JsonNode.Parse(linkgw.Output)!);
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"linkgw ended with {code} and wrote no JSON: {linkgw.Output}{linkgw.Errors}", e);
        }
        return code is Done or Temporary
            ? code
            : throw new InvalidOperationException($"linkgw ended with {code} for {file.Name}: {linkgw.Output}{linkgw.Errors}");
    }

    /// <summary>Runs it until the receipt is there.</summary>
    public async Task SendAsync(OutgoingFile file, CancellationToken cancellationToken, params string[] more)
    {
        while (await RunAsync(file, more) != Done) await Task.Delay(Pause, cancellationToken);
    }
}

using System.Text.Json;

namespace LinkGateway.FaultHarness.Running;

/// <summary>Prints the results.</summary>
static class ResultTable
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    const string Columns = "{0,-32} {1,5} {2,6} {3,7} {4,11} {5,8} {6,7} {7,14} {8,8}";

    public static void PrintHead() =>
        Console.WriteLine(Columns, "scenario", "runs", "files", "losses", "duplicates", "changed", "failed", "bytes re-sent", "seconds");

    public static void Print(ScenarioResult result)
    {
        if (result.Skipped is { } reason) Console.WriteLine($"{result.Name,-32} skipped: {reason}");
        else
            Console.WriteLine(Columns, result.Name, result.Runs, result.Files, result.Losses, result.Duplicates, result.Changed,
                result.Failed, $"{result.Resent:N0}", $"{result.Seconds:F1}");
        foreach (var note in result.Notes) Console.WriteLine($"    {note}");
    }

    public static void Write(string path, int seed, IReadOnlyList<ScenarioResult> results) =>
        File.WriteAllText(path, JsonSerializer.Serialize(new { seed, results }, Json));
}

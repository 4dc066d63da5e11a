using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinkGateway.Benchmarks.Allocations;

/// <summary>The recorded bytes an operation of each benchmark, <c>benchmarks/allocations.json</c>.</summary>
static class AllocationFile
{
    static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static string FilePath => Path.Combine(Find(), "benchmarks", "allocations.json");

    public static SortedDictionary<string, long> Read()
    {
        var recorded = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (!File.Exists(FilePath)) return recorded;
        foreach (var (name, bytes) in JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllBytes(FilePath))!)
            recorded.Add(name, bytes);
        return recorded;
    }

    public static void Write(SortedDictionary<string, long> recorded) =>
        File.WriteAllText(FilePath, JsonSerializer.Serialize(recorded, Options) + "\n");

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LinkGateway.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

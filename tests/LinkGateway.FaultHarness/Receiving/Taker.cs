using System.Security.Cryptography;
using System.Text.Json;

namespace LinkGateway.FaultHarness.Receiving;

/// <summary>
/// A receiving system: takes every published file out of its folder at once and writes down what it took. It may be killed anywhere: the
/// control file, renamed into its own folder, is the mark that it has seen a publication, so that none is counted twice or forgotten.
/// </summary>
sealed class Taker
{
    const string ControlExtension = ".ctl.json";
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    readonly string _folder;
    readonly string _work;
    readonly string _record;

    Taker(string folder, string work)
    {
        (_folder, _work) = (folder, work);
        _record = RecordIn(work);
        Directory.CreateDirectory(work);
    }

    /// <summary>The taker's record in its working folder.</summary>
    public static string RecordIn(string work) => Path.Combine(work, "taken.jsonl");

    /// <summary>Runs until it is killed.</summary>
    public static async Task RunAsync(string folder, string work)
    {
        var taker = new Taker(folder, work);
        taker.Continue();
        while (true)
        {
            // Oldest first, as a system does that imports in order.
            foreach (var control in Directory.GetFiles(folder, "*" + ControlExtension).OrderBy(File.GetLastWriteTimeUtc))
                taker.Take(control);
            await Task.Delay(Pause);
        }
    }

    /// <summary>Ends what its former self had begun.</summary>
    void Continue()
    {
        var recorded = Read(_record).Select(taken => taken.DeliveryId).ToHashSet(StringComparer.Ordinal);
        foreach (var control in Directory.EnumerateFiles(_work, "*" + ControlExtension))
        {
            var (id, name, original) = Facts(control);
            if (!recorded.Contains(id)) Finish(id, name, original, again: false);
            File.Delete(DataOf(id));
        }
    }

    void Take(string control)
    {
        var (id, name, original) = Facts(control);
        var mark = Path.Combine(_work, id + ControlExtension);
        var again = File.Exists(mark);
        File.Move(control, mark, overwrite: true);
        Finish(id, name, original, again);
        File.Delete(DataOf(id));
    }

    void Finish(string id, string name, string original, bool again)
    {
        var (published, data) = (Path.Combine(_folder, name), DataOf(id));
        if (File.Exists(published)) File.Move(published, data, overwrite: true);
        var digest = File.Exists(data) ? Digest(data) : "";
        var line = JsonSerializer.SerializeToUtf8Bytes(new TakenFile(id, original, digest, again));
        using var record = new FileStream(_record, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        record.Write([.. line, (byte)'\n']);
    }

    string DataOf(string id) => Path.Combine(_work, id + ".data");

    /// <summary>What was taken so far.</summary>
    public static IReadOnlyList<TakenFile> Read(string record)
    {
        if (!File.Exists(record)) return [];
        using var stream = new FileStream(record, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        // Behind the last line end stands what is still being written.
        return [.. reader.ReadToEnd().Split('\n')[..^1].Select(line => JsonSerializer.Deserialize<TakenFile>(line)!)];
    }

    static (string Id, string Name, string Original) Facts(string control)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(control));
        var root = json.RootElement;
        return (Text("deliveryId"), Text("file"), Text("originalFileName"));

        string Text(string property) => root.GetProperty(property).GetString()!;
    }

    static string Digest(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

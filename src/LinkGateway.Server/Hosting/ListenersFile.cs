using System.Text.Json;

namespace LinkGateway.Server.Hosting;

/// <summary>
/// The file <c>listeners.json</c> in the data directory: <c>{"processId": 4711, "listeners": ["https://127.0.0.1:43121"],
/// "operatorListeners": []}</c>. It is there exactly while the gateway takes requests, so that scripts find the port behind <c>:0</c> and
/// know when to begin.
/// </summary>
public static class ListenersFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "listeners.json";

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes the file under another name and renames it, so that no reader sees half of it.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="listeners">The addresses as bound.</param>
    /// <param name="operatorListeners">Those for operators.</param>
    public static void Write(string directory, IReadOnlyList<string> listeners, IReadOnlyList<string> operatorListeners)
    {
        var path = Path.Combine(directory, Name);
        File.WriteAllBytes(
            path + ".new", JsonSerializer.SerializeToUtf8Bytes(new { Environment.ProcessId, listeners, operatorListeners }, Options));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Removes the file; no error when it is not there.</summary>
    /// <param name="directory">The data directory.</param>
    public static void Remove(string directory) => File.Delete(Path.Combine(directory, Name));
}

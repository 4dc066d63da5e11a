using System.Text.Json;
using LinkGateway.Client.Files;

namespace LinkGateway.Client.Sending;

/// <summary>The state file <c>FILE.linkgw</c> beside a file that is being sent: one JSON object, <see cref="SavedTransfer"/>.</summary>
/// <remarks>
/// It is written and flushed, the folder too, before the first request names the transfer id, and replaced whole by a rename: so the same
/// order given again after a crash at any point finds either no state and no request made, or the id that it has to continue. After
/// acceptance it stays, marked: the order repeated by a job scheduler then brings the receipt again, and not a second copy to the receiver.
/// </remarks>
public static class TransferStateFile
{
    /// <summary>What is appended to the file's name.</summary>
    public const string Extension = ".linkgw";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Path of the state file of <paramref name="filePath"/>.</summary>
    public static string PathFor(string filePath) => filePath + Extension;

    /// <summary>Reads a state file.</summary>
    /// <param name="path">Path of the state file.</param>
    /// <returns>What it remembers; null when there is none.</returns>
    /// <exception cref="JsonException">It is damaged or of a later version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SavedTransfer? Read(string path)
    {
        if (!File.Exists(path)) return null;
        var saved = JsonSerializer.Deserialize<SavedTransfer>(File.ReadAllBytes(path), Json);
        return saved is { Version: 1 } ? saved : throw new JsonException($"'{path}' is no state file of version 1.");
    }

    /// <summary>Writes a state file so that it survives a loss of power.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, SavedTransfer transfer)
    {
        File.Move(WriteAside(path, transfer), path, overwrite: true);
        FolderFlush.Run(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>
    /// Writes the first state of a file as <see cref="Write"/> does, unless there is one: two jobs that are started at the same moment must
    /// not make two transfers of one file.
    /// </summary>
    /// <returns>False when somebody else was quicker; that one's transfer is to be continued.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static bool TryCreate(string path, SavedTransfer transfer)
    {
        var temporary = WriteAside(path, transfer);
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return false;
        }
        FolderFlush.Run(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return true;
    }

    static string WriteAside(string path, SavedTransfer transfer)
    {
        // A name of its own for each process: two must never share one temporary file.
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
        JsonSerializer.Serialize(stream, transfer, Json);
        stream.Flush(flushToDisk: true);
        return temporary;
    }
}

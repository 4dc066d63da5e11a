using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkGateway.Client.Files;
using LinkGateway.Contract.Identity;

namespace LinkGateway.Client.Receiving;

/// <summary>
/// The folder that files are received into, and in it <c>.linkgw-receive</c>: a state file and the bytes so far of each file on its way.
/// One process at a time works in it.
/// </summary>
sealed class ReceiveFolder : IDisposable
{
    const string State = ".json";
    const int MaxPlainId = 100;

    static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new DigestConverter() },
    };

    readonly FileStream _lock;

    ReceiveFolder(string path, FileStream @lock) => (Path, Inside, _lock) = (path, InsideOf(path), @lock);

    /// <summary>Where files are received.</summary>
    public string Path { get; }

    /// <summary>What is not yet received.</summary>
    public string Inside { get; }

    /// <summary>Takes the folder for this process.</summary>
    /// <returns>The folder; null where another process works in it.</returns>
    /// <exception cref="IOException">It cannot be used.</exception>
    public static ReceiveFolder? TryOpen(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var inside = InsideOf(full);
        Directory.CreateDirectory(inside);
        var file = System.IO.Path.Combine(inside, "lock");
        FileStream @lock;
        try
        {
            @lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }

        var folder = new ReceiveFolder(full, @lock);
        folder.RemoveHalfWritten();
        return folder;
    }

    /// <summary>The files that are on their way.</summary>
    /// <exception cref="JsonException">A state file is damaged or of a later version.</exception>
    public IReadOnlyList<ReceiveState> States(Uri server) =>
    [
        .. Directory.EnumerateFiles(Inside, "*" + State)
            .Order(StringComparer.Ordinal)
            .Select(Read)
            .Where(state => state.Server == server.AbsoluteUri),
    ];

    public void Write(ReceiveState state) =>
        DurableFile.Write(StatePath(state), stream => JsonSerializer.Serialize(stream, state, Json));

    /// <summary>Forgets a file, and what was fetched of it.</summary>
    public void Forget(ReceiveState state)
    {
        foreach (var path in new[] { PartPath(state), ResultPath(state), StatePath(state) }) File.Delete(path);
        FolderFlush.Run(Inside);
    }

    public string PartPath(ReceiveState state) => Of(state, ".part");

    public string ResultPath(ReceiveState state) => Of(state, ".result");

    public string DataPath(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the names in both folders durable.</summary>
    public void Flush()
    {
        FolderFlush.Run(Path);
        FolderFlush.Run(Inside);
    }

    public void Dispose() => _lock.Dispose();

    // A process that was killed while it wrote a state file leaves the unfinished one; the lock says that nobody writes it now.
    void RemoveHalfWritten()
    {
        foreach (var path in Directory.EnumerateFiles(Inside, "*" + DurableFile.Unfinished)) File.Delete(path);
    }

    static string InsideOf(string path) => System.IO.Path.Combine(path, ".linkgw-receive");

    string StatePath(ReceiveState state) => Of(state, State);

    // An id is the gateway's word and never a path as it stands.
    string Of(ReceiveState state, string extension)
    {
        var id = state.DeliveryId;
        var isPlain = id.Length is > 0 and <= MaxPlainId && !id.AsSpan().ContainsAnyExcept(Plain);
        return System.IO.Path.Combine(Inside, (isPlain ? id : "x" + Sha256Digest.Of(Encoding.UTF8.GetBytes(id))) + extension);
    }

    static ReceiveState Read(string path)
    {
        try
        {
            var state = JsonSerializer.Deserialize<ReceiveState>(File.ReadAllBytes(path), Json);
            return state is { Version: 1 } ? state with { IsResumed = true } : throw new JsonException("It is not of version 1.");
        }
        catch (JsonException e)
        {
            throw new JsonException($"The state file '{path}' cannot be read: {e.Message}", e);
        }
    }

    sealed class DigestConverter : JsonConverter<Sha256Digest>
    {
        public override Sha256Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Sha256Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("No SHA-256.");

        public override void Write(Utf8JsonWriter writer, Sha256Digest value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

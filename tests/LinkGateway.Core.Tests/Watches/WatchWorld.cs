using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Operator;
using LinkGateway.Core.Journal;
using LinkGateway.Core.Tests.World;
using LinkGateway.Core.Watches;
using LinkGateway.Testing.Files;
using static LinkGateway.Core.Tests.World.CoreWorld;
using static LinkGateway.Core.Tests.World.WorldConfiguration;

namespace LinkGateway.Core.Tests.Watches;

/// <summary>A gateway that watches the folder <c>/in</c>.</summary>
sealed class WatchWorld : IWatchEvents, IAsyncDisposable
{
    public const string In = "/in";

    /// <summary>Where the gateway takes files aside.</summary>
    public const string Aside = "/in/.linkgw/watch-kaoku";

    /// <summary>Where files wait that cannot go back yet.</summary>
    public const string Later = "/in/.linkgw/watch-kaoku/later";

    readonly CancellationTokenSource _stop = new();
    Task _watching = Task.CompletedTask;

    public WatchWorld(string watch = "", WorldParts? parts = null)
    {
        World = new CoreWorld(configuration: With(watch), parts: parts);
        View = new TestFolderView(World.Files);
        World.Files.CreateDirectoryAsync(In, Never).AsTask().GetAwaiter().GetResult();
    }

    public CoreWorld World { get; }

    public TestFolderView View { get; }

    public ConcurrentQueue<(string File, string TransferId)> Taken { get; } = [];

    public ConcurrentQueue<(string File, Refusal Refusal)> Refused { get; } = [];

    public ConcurrentQueue<string> Troubles { get; } = [];

    /// <summary>Called when a file was taken in.</summary>
    public Action<string> OnTaken { get; set; } = _ => { };

    /// <summary>How the watch goes; nothing is known before it has begun.</summary>
    public ScheduleEntry Entry => World.Services.Schedules.Entries.SingleOrDefault() ?? new ScheduleEntry { Id = "" };

    /// <summary>The configuration with a watch: by name at once, unless told otherwise.</summary>
    public static Action<JsonNode> With(string watch) => json =>
    {
        var settings = JsonNode.Parse($$"""
            { "id": "kaoku", "folder": "{{In}}", "origin": "{{Origin}}", "interface": "{{Interface}}", "receivers": ["{{Receiver}}"],
              "complete": "name", "lookEvery": "00:00:01" }
            """)!;
        if (watch.Length > 0)
            foreach (var (name, value) in JsonNode.Parse(watch)!.AsObject()) settings[name] = value?.DeepClone();
        json["watches"] = new JsonArray(settings);
    };

    public void Start() =>
        _watching = World.Begin(() => new WatchService(World.Services, World.Transfers, World.Files, View, this).RunAsync(_stop.Token));

    public Task PutAsync(string name, byte[] bytes) => PutAsync(World.Files, $"{In}/{name}", bytes);

    /// <summary>Puts a file into a folder, durably, in place of one of that name: nobody sees half of it.</summary>
    public static async Task PutAsync(RecordingFileSystem files, string path, byte[] bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        var written = $"{folder}/.{Path.GetFileName(path)}";
        await using (var handle = await files.CreateAsync(written, 0, Never))
        {
            await handle.WriteAsync(0, bytes, Never);
            await handle.FlushAsync(Never);
        }

        await files.RenameAsync(written, path, replace: true, Never);
        await files.FlushDirectoryAsync(folder, Never);
    }

    /// <summary>Lets the clock run until so many files were taken in.</summary>
    public Task UntilTakenAsync(int count, TimeSpan? step = null) =>
        DriveAsync(() => Taken.Count >= count, $"{count} files taken in", step);

    /// <summary>Lets the clock run, in steps in which everybody has their turn, until a condition holds.</summary>
    public Task DriveAsync(Func<bool> condition, string what, TimeSpan? step = null) => Waiting.UntilAsync(
        async () =>
        {
            await World.RestAsync();
            if (condition()) return true;
            World.Time.Advance(step ?? TimeSpan.FromMilliseconds(250));
            return false;
        },
        () => $"{what}; {Told}");

    /// <summary>Lets the folder be looked at a few times.</summary>
    public async Task LookAsync()
    {
        for (var look = 0; look < 3; look++)
        {
            var until = World.Time.GetUtcNow() + TimeSpan.FromSeconds(3);
            await DriveAsync(() => World.Time.GetUtcNow() >= until, "a few looks");
        }
    }

    /// <summary>All transfers whose payload is here.</summary>
    public async Task<IReadOnlyList<TransferRecord>> TransfersAsync() => await World.Journal.KeptPayloadsAsync(null, 1000, Never);

    /// <summary>Names in a folder.</summary>
    public IReadOnlyList<string> Names(string folder) =>
        [.. World.Files.Paths.Where(path => Path.GetDirectoryName(path) == folder).Select(path => Path.GetFileName(path))];

    public string Told => string.Join("; ", [.. Refused.Select(one => $"{one}"), .. Troubles]);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await World.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await World.DisposeAsync();
        _stop.Dispose();
    }

    void IWatchEvents.Taken(string watchId, string fileName, string transferId)
    {
        Taken.Enqueue((fileName, transferId));
        OnTaken(fileName);
    }

    void IWatchEvents.Refused(string watchId, string fileName, Refusal refusal) => Refused.Enqueue((fileName, refusal));

    void IWatchEvents.Troubled(string watchId, string text) => Troubles.Enqueue(text);
}

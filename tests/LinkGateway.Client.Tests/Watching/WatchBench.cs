using LinkGateway.Client.Sending;
using LinkGateway.Contract.Watching;

namespace LinkGateway.Client.Watching;

/// <summary>A watched folder before a fake gateway; each run is a process of its own.</summary>
sealed class WatchBench : IAsyncDisposable
{
    readonly FolderSenderOptions _options;

    // Times of changes that follow each other at once may be the same on a coarse file system.
    DateTime _changed = DateTime.UtcNow.AddDays(-1);

    WatchBench(SenderBench sender, bool moving, bool marked, bool deleting)
    {
        Sender = sender;
        Directory.CreateDirectory(Folder);
        _options = new FolderSenderOptions
        {
            Rules = new WatchRules { Complete = marked ? CompleteRule.Marker : CompleteRule.Name },
            Afterwards = moving ? FileEnd.Move : deleting ? FileEnd.Delete : FileEnd.Keep,
            DoneFolder = PathOf("done"),
            ErrorFolder = PathOf("errors"),
            AtStep = step => AtStep(step),
        };
    }

    public SenderBench Sender { get; }

    public string Folder => Sender.Folder.In("out");

    public Action<SendStep> AtStep { get; set; } = _ => { };

    /// <summary>What is wrong with the names of all files.</summary>
    public string? Problem { get; set; }

    /// <summary>What the gateway has accepted, in the order in which it was begun.</summary>
    public IReadOnlyList<byte[]> Accepted =>
    [
        .. Sender.Service.Transfers.Where(one => one.Value.Receipt is not null).OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => one.Value.Bytes),
    ];

    public static async Task<WatchBench> StartAsync(bool moving, bool marked = false, bool deleting = false) =>
        new(await SenderBench.StartAsync(), moving, marked, deleting);

    public void Put(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, _changed = _changed.AddSeconds(1));
    }

    public string PathOf(params string[] names) => Path.Combine([Sender.Folder.Path, .. names]);

    /// <summary>Names in the watched folder, or in one beside it.</summary>
    public IReadOnlyList<string> Names(string folder = "out") => Directory.Exists(PathOf(folder))
        ? [.. Directory.EnumerateFiles(PathOf(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>What lies between the folder and what becomes of it.</summary>
    public IReadOnlyList<string> Aside() => [.. Names("out/.linkgw-send").Where(name => name != "lock")];

    public FolderSender? TryOpen(TimeProvider? time = null) =>
        FolderSender.TryOpen(new FileSender(Sender.Gateway.Client, Sender.Options), Folder, _options, time);

    public async Task<FolderRound> RunAsync(TimeProvider? time = null)
    {
        using var sender = TryOpen(time)!;
        return await sender.RunRoundAsync(path => (OrderFor(path), Problem), null, null, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Sender.DisposeAsync();

    static SendOrder OrderFor(string path) => SenderBench.OrderFor(path) with
    {
        Manifest = SenderBench.Manifest with { FileName = Path.GetFileName(path) },
    };
}

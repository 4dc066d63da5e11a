using LinkGateway.Core.Files;

namespace LinkGateway.Storage.Files;

/// <summary>
/// Open spool files, counted by use; a bounded number stays open while nobody uses them, the longest unused is closed first.
/// </summary>
sealed class SpoolFileCache(IFileSystem fileSystem, int idleLimit) : IAsyncDisposable
{
    readonly Lock _gate = new();
    readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    readonly LinkedList<Entry> _idle = new();
    bool _disposed;

    /// <summary>Hands out the open file of that path, opening it when needed.</summary>
    public async ValueTask<Lease> RentAsync(string path, CancellationToken cancellationToken)
    {
        var entry = Take(path);
        try
        {
            return new Lease(this, entry, await entry.Opening.Value.WaitAsync(cancellationToken));
        }
        catch
        {
            await ReturnAsync(entry);
            throw;
        }
    }

    /// <summary>Stops handing out the open file of that path; it is closed when its last user returns it.</summary>
    public async ValueTask ForgetAsync(string path)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.Remove(path, out entry)) return;
            entry.Cached = false;
            if (entry.Users > 0) return;
            _idle.Remove(entry.Place);
        }

        await CloseAsync(entry);
    }

    public async ValueTask DisposeAsync()
    {
        string[] paths;
        lock (_gate)
        {
            _disposed = true;
            paths = [.. _entries.Keys];
        }

        foreach (var path in paths) await ForgetAsync(path);
    }

    Entry Take(string path)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_entries.TryGetValue(path, out var entry))
            {
                // Lazy: opened outside the lock, once, by whoever comes first.
                entry = new Entry(path, new Lazy<Task<SpoolFile>>(() => OpenAsync(path)));
                _entries.Add(path, entry);
            }
            else if (entry.Users == 0)
            {
                _idle.Remove(entry.Place);
            }

            entry.Users++;
            return entry;
        }
    }

    async Task<SpoolFile> OpenAsync(string path) => new(await fileSystem.OpenAsync(path, writable: true, CancellationToken.None));

    async ValueTask ReturnAsync(Entry entry)
    {
        var unused = entry;
        lock (_gate)
        {
            if (--entry.Users > 0) return;
            if (entry.Cached)
            {
                _idle.AddLast(entry.Place);
                // A file that could not be opened goes at once: the next user tries again instead of meeting a remembered failure.
                unused = entry.Opening.Value.IsFaulted ? entry : _idle.Count > idleLimit ? _idle.First!.Value : null;
                if (unused is not null) Evict(unused);
            }
        }

        if (unused is not null) await CloseAsync(unused);
    }

    void Evict(Entry entry)
    {
        _idle.Remove(entry.Place);
        _entries.Remove(entry.Path);
        entry.Cached = false;
    }

    static async ValueTask CloseAsync(Entry entry)
    {
        Task opening = entry.Opening.Value;
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (opening.IsCompletedSuccessfully) await (await entry.Opening.Value).Handle.DisposeAsync();
    }

    /// <summary>The right to use an open spool file until it is disposed.</summary>
    internal sealed class Lease(SpoolFileCache cache, Entry entry, SpoolFile file) : IAsyncDisposable
    {
        int _returned;

        public SpoolFile File => file;

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _returned, 1) == 0 ? cache.ReturnAsync(entry) : ValueTask.CompletedTask;
    }

    internal sealed class Entry
    {
        public Entry(string path, Lazy<Task<SpoolFile>> opening)
        {
            Path = path;
            Opening = opening;
            Place = new LinkedListNode<Entry>(this);
        }

        public string Path { get; }

        public Lazy<Task<SpoolFile>> Opening { get; }

        public LinkedListNode<Entry> Place { get; }

        public int Users { get; set; }

        public bool Cached { get; set; } = true;
    }
}

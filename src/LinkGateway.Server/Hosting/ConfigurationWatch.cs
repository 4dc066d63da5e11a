using System.Security.Cryptography;
using LinkGateway.Core.Configuration;
using LinkGateway.Server.Logging;

namespace LinkGateway.Server.Hosting;

/// <summary>Reloads the configuration when its file changes. A bad one leaves the old in force; its errors are logged.</summary>
sealed class ConfigurationWatch : IDisposable
{
    // Editors write a file in several steps; one reload follows the last of them.
    static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    readonly string _path;
    readonly ConfigurationSource _source;
    readonly ILogger _logger;
    readonly ITimer _timer;
    readonly FileSystemWatcher? _watcher;
    readonly Lock _reloading = new();
    byte[] _seen;

    public ConfigurationWatch(string path, ConfigurationSource source, bool watchFile, TimeProvider time, ILogger logger)
    {
        (_path, _source, _logger) = (Path.GetFullPath(path), source, logger);
        _seen = Fingerprint();
        _timer = time.CreateTimer(_ => ReloadIfChanged(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watcher = watchFile ? Watch() : null;
    }

    /// <summary>Reloads now, whether or not the file has changed: files that it refers to may have.</summary>
    public ConfigurationResult Reload()
    {
        lock (_reloading)
        {
            _seen = Fingerprint();
            var result = _source.Reload();
            if (result.Succeeded)
                _logger.ConfigurationReloaded(_path);
            foreach (var error in result.Errors)
                _logger.ConfigurationRefused(_path, error.ToString());
            return result;
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _timer.Dispose();
    }

    FileSystemWatcher? Watch()
    {
        try
        {
            // The folder and not the file: editors and deployments replace files by renaming, directly or behind a symbolic link.
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!);
            watcher.Changed += Touched;
            watcher.Created += Touched;
            watcher.Renamed += Touched;
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (IOException error)
        {
            // Linux: the user's inotify watches are used up.
            _logger.ConfigurationNotWatched(_path, error.Message);
            return null;
        }
    }

    void Touched(object sender, FileSystemEventArgs change) => _timer.Change(Settling, Timeout.InfiniteTimeSpan);

    void ReloadIfChanged()
    {
        lock (_reloading)
        {
            if (!Fingerprint().AsSpan().SequenceEqual(_seen))
                Reload();
        }
    }

    byte[] Fingerprint()
    {
        try
        {
            return SHA256.HashData(File.ReadAllBytes(_path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

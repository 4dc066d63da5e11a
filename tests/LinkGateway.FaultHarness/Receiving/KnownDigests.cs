using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace LinkGateway.FaultHarness.Receiving;

/// <summary>SHA-256 of received files, which never change once they are there: each is read once, however often it is asked for.</summary>
sealed class KnownDigests
{
    readonly ConcurrentDictionary<(string Path, long Length, DateTime Written), string> _known = new();

    public string Of(string path)
    {
        var file = new FileInfo(path);
        return _known.GetOrAdd((path, file.Length, file.LastWriteTimeUtc), static key =>
        {
            using var stream = File.OpenRead(key.Path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        });
    }
}

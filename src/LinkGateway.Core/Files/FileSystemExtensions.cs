namespace LinkGateway.Core.Files;

/// <summary>What is done with small files.</summary>
static class FileSystemExtensions
{
    /// <summary>The whole content of a small file.</summary>
    public static async ValueTask<byte[]> ReadAllAsync(this IFileSystem files, string path, CancellationToken cancellationToken)
    {
        await using var handle = await files.OpenAsync(path, writable: false, cancellationToken);
        var bytes = new byte[await handle.LengthAsync(cancellationToken)];
        for (var done = 0; done < bytes.Length;)
        {
            var read = await handle.ReadAsync(done, bytes.AsMemory(done), cancellationToken);
            if (read == 0) break;
            done += read;
        }

        return bytes;
    }
}

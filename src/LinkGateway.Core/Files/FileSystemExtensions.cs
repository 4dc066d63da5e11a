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

    /// <summary>Writes a small file so that under its name there is all of it or, if there was one before, that one; durably.</summary>
    public static async ValueTask WriteWholeAsync(
        this IFileSystem files, string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        var fresh = Path.Combine(folder, $".{Path.GetFileName(path)}.new");
        await files.DeleteAsync(fresh, cancellationToken);
        var handle = await files.CreateAsync(fresh, 0, cancellationToken);
        await using (handle)
        {
            await handle.WriteAsync(0, bytes, cancellationToken);
            await handle.FlushAsync(cancellationToken);
        }

        await files.RenameAsync(fresh, path, replace: true, cancellationToken);
        await files.FlushDirectoryAsync(folder, cancellationToken);
    }
}

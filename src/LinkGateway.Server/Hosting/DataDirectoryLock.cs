namespace LinkGateway.Server.Hosting;

/// <summary>
/// The right to be the only gateway on a data directory: two would each believe their own journal. Held as an open, locked file
/// <c>gateway.lock</c>, so that the kernel gives it up whatever way the process ends.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    readonly FileStream _file;

    DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Creates the directory where it is missing (for its owner only) and takes the lock.</summary>
    /// <param name="directory">The data directory.</param>
    /// <returns>The lock; disposing gives it up.</returns>
    /// <exception cref="StartException">Another process holds it, or the directory cannot be written.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        var path = Path.Combine(directory, "gateway.lock");
        try
        {
            OwnerOnly.CreateDirectory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartException(ExitCode.DataUnavailable, [$"The data directory {directory} cannot be used: {error.Message}"], error);
        }
        try
        {
            return new DataDirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StartException(ExitCode.DataUnavailable, [$"{path} cannot be written: {error.Message}"], error);
        }
        catch (IOException error)
        {
            throw new StartException(ExitCode.DataUnavailable,
                [$"Another gateway runs on the data directory {directory}. Stop it, or give this one a directory of its own."], error);
        }
    }

    /// <summary>Gives the lock up. The file stays: deleting it would let two processes lock two files of the same name.</summary>
    public void Dispose() => _file.Dispose();
}

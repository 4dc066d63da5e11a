namespace LinkGateway.Client.Sending;

/// <summary>
/// What tells a file from a changed one without reading it: length and time of last change. By path, so that a replaced file shows.
/// </summary>
/// <param name="Size">Length in bytes.</param>
/// <param name="ModifiedAt">Time of the last change.</param>
public readonly record struct FileStamp(long Size, DateTimeOffset ModifiedAt)
{
    /// <summary>The stamp that the file has now.</summary>
    /// <exception cref="IOException">The file is missing or cannot be seen.</exception>
    public static FileStamp Of(string path)
    {
        var info = new FileInfo(path);
        return new FileStamp(info.Length, new DateTimeOffset(info.LastWriteTimeUtc));
    }

    /// <summary>Whether the file still has this stamp; a file that is gone has not.</summary>
    internal bool Holds(string path)
    {
        try
        {
            return Of(path) == this;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

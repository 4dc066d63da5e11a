using LinkGateway.Core.Files;
using LinkGateway.Core.Retention;

namespace LinkGateway.Server.Retention;

/// <summary>The room on the disks of some folders: that of the fullest. Thread-safe.</summary>
/// <param name="folders">Absolute paths of folders that exist.</param>
sealed class DiskSpace(params string[] folders) : IDiskSpace
{
    public long FreeBytes()
    {
        try
        {
            return folders.Min(folder => new DriveInfo(folder).AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageFailure.Unavailable, $"The room of {string.Join(", ", folders)} cannot be read.", e);
        }
    }
}

namespace LinkGateway.Core.Retention;

/// <summary>How much room there is. Failures are <see cref="Files.StorageException"/>. Thread-safe.</summary>
public interface IDiskSpace
{
    /// <summary>Bytes free for the gateway: on the disk of the payloads or that of the journal, whichever has less.</summary>
    long FreeBytes();
}

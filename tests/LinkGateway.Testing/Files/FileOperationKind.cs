namespace LinkGateway.Testing.Files;

/// <summary>What was done to a <see cref="RecordingFileSystem"/>.</summary>
public enum FileOperationKind
{
    /// <summary>A new, empty file got a name.</summary>
    Create,

    /// <summary>Bytes were written at an offset.</summary>
    Write,

    /// <summary>The bytes of a file were flushed.</summary>
    Flush,

    /// <summary>A flush of a file failed: what it should have saved is saved by no later flush either.</summary>
    FailedFlush,

    /// <summary>A file got another name in place of the one it had.</summary>
    Rename,

    /// <summary>A name was taken away.</summary>
    Delete,

    /// <summary>A folder was made, durably.</summary>
    CreateDirectory,

    /// <summary>The names in a folder were flushed.</summary>
    FlushDirectory,

    /// <summary>
    /// Nothing was done; a test noted something, such as an answer that was given (<see cref="RecordingFileSystem.Mark"/>).
    /// </summary>
    Mark,
}

namespace LinkGateway.Core.Files;

/// <summary>Why storage refused.</summary>
public enum StorageFailure
{
    /// <summary>No space left.</summary>
    Full,

    /// <summary>The file system is read-only or the right is missing.</summary>
    ReadOnly,

    /// <summary>The file or folder is not there.</summary>
    NotFound,

    /// <summary>The name is taken.</summary>
    AlreadyExists,

    /// <summary>Input/output error, or the store cannot be reached.</summary>
    Unavailable,
}

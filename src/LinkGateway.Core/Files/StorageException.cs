namespace LinkGateway.Core.Files;

/// <summary>Storage did not do what was asked; nothing is known to be durable.</summary>
/// <param name="failure">Why.</param>
/// <param name="message">For the log; may hold a path, never goes to a partner.</param>
/// <param name="inner">The cause.</param>
public sealed class StorageException(StorageFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public StorageFailure Failure { get; } = failure;

    /// <summary>Whether it was the journal that did not.</summary>
    public bool IsJournal { get; init; }
}

namespace LinkGateway.Contract.Watching;

/// <summary>What a folder tells of a file without opening it.</summary>
/// <param name="Name">Its name, without a path.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="ModifiedAt">Time of the last change, as the file system keeps it.</param>
public sealed record FileFacts(string Name, long Size, DateTimeOffset ModifiedAt);

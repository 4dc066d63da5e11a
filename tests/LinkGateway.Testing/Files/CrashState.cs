namespace LinkGateway.Testing.Files;

/// <summary>What a power loss may leave.</summary>
/// <param name="Point">Operations that had been done: the entries of <see cref="RecordingFileSystem.Operations"/> before this
/// index.</param>
/// <param name="FileSystem">The file system found after the restart, with an empty record of its own.</param>
public sealed record CrashState(int Point, RecordingFileSystem FileSystem);

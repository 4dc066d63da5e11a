namespace LinkGateway.Cli.Commands;

/// <summary>A line of a list of files.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Path">The file.</param>
/// <param name="Fields">What the line says of the file.</param>
sealed record ListedFile(int Line, string Path, ManifestFields Fields);

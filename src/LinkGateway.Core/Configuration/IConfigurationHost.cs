namespace LinkGateway.Core.Configuration;

/// <summary>The port through which configuration reads files and environment variables.</summary>
public interface IConfigurationHost
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    byte[] ReadFile(string path);

    /// <summary>The value of an environment variable; null when it is not set.</summary>
    string? GetVariable(string name);
}

namespace LinkGateway.Core.Configuration;

/// <summary>The file system and environment of this process. Thread-safe.</summary>
public sealed class ConfigurationHost : IConfigurationHost
{
    private ConfigurationHost()
    {
    }

    /// <summary>The only instance.</summary>
    public static ConfigurationHost Instance { get; } = new();

    /// <inheritdoc/>
    public byte[] ReadFile(string path) => File.ReadAllBytes(path);

    /// <inheritdoc/>
    public string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);
}

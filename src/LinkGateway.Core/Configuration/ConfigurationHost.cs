namespace LinkGateway.Core.Configuration;

/// <summary>The file system and environment of this process. Thread-safe.</summary>
public sealed class ConfigurationHost : IConfigurationHost
{
    ConfigurationHost()
    {
    }

    /// <summary>The only instance.</summary>
    public static ConfigurationHost Instance { get; } = new();

    /// <inheritdoc/>
#pragma warning disable RS0030 // This is the port's adapter for the process; simulations hand in another.
    public byte[] ReadFile(string path) => File.ReadAllBytes(path);
#pragma warning restore RS0030

    /// <inheritdoc/>
    public string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);
}

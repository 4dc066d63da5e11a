namespace LinkGateway.Core.Configuration;

/// <summary>Holds the configuration in force and replaces it whole when the file was changed. Thread-safe.</summary>
public sealed class ConfigurationSource
{
    readonly string _path;
    readonly IConfigurationHost _host;
    readonly Lock _reloading = new();
    volatile ConfigurationSnapshot _current;

    /// <summary>Starts with a snapshot that was loaded.</summary>
    /// <param name="initial">The snapshot, from <see cref="GatewayConfiguration.Load"/>.</param>
    /// <param name="path">The file that it came from.</param>
    /// <param name="host">Files and environment; null means those of this process.</param>
    public ConfigurationSource(ConfigurationSnapshot initial, string path, IConfigurationHost? host = null)
    {
        _current = initial;
        _path = path;
        _host = host ?? ConfigurationHost.Instance;
    }

    /// <summary>Raised after a new snapshot came into force, with that snapshot, on the thread that called <see cref="Reload"/>.</summary>
    public event Action<ConfigurationSnapshot>? Changed;

    /// <summary>The snapshot in force. What has begun keeps the one that it began with.</summary>
    public ConfigurationSnapshot Current => _current;

    /// <summary>What of another configuration would not come into force before a restart.</summary>
    public IReadOnlyList<ConfigurationError> NeedsRestart(GatewayConfiguration next) => RestartRules.Check(_current.Configuration, next);

    /// <summary>Reads the file again. When anything is wrong with it, the old snapshot stays in force.</summary>
    /// <returns>The new snapshot, or every error.</returns>
    public ConfigurationResult Reload()
    {
        ConfigurationResult result;
        lock (_reloading)
        {
            result = GatewayConfiguration.Load(_path, _host);
            if (!result.Succeeded) return result;

            var fixedErrors = RestartRules.Check(_current.Configuration, result.Configuration);
            if (fixedErrors.Count > 0) return new() { Errors = fixedErrors };
            _current = result.Snapshot;
        }
        Changed?.Invoke(result.Snapshot);
        return result;
    }
}

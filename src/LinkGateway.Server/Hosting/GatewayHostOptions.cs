using LinkGateway.Core.Configuration;
using LinkGateway.Server.TestSeams;

namespace LinkGateway.Server.Hosting;

/// <summary>How a gateway is started: what is not in its configuration.</summary>
public sealed record GatewayHostOptions
{
    /// <summary>Path of <c>gateway.json</c>.</summary>
    public required string ConfigurationPath { get; init; }

    /// <summary>Data directory in place of the configuration's <c>data.directory</c>; null keeps that one.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>How long running requests may take to finish when stopping; then they are cut off, and senders resume.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Adds where log messages go.</summary>
    public Action<ILoggingBuilder> Logging { get; init; } = _ => { };

    /// <summary>Whether a change of the configuration file reloads it, beside <see cref="GatewayHost.Reload"/>.</summary>
    public bool WatchConfiguration { get; init; } = true;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What a fault harness may do to the gateway; null, as always in earnest, for nothing.</summary>
    public Seams? Seams { get; init; }

    /// <summary>Where the configuration and referenced secrets are read from.</summary>
    public IConfigurationHost ConfigurationHost { get; init; } = Core.Configuration.ConfigurationHost.Instance;
}

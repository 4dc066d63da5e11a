namespace LinkGateway.Server.Hosting;

/// <summary>How the process ends, for service managers and job schedulers.</summary>
public enum ExitCode
{
    /// <summary>Stopped as asked.</summary>
    Stopped = 0,

    /// <summary>An error that has no code of its own; the log says which.</summary>
    Failed = 1,

    /// <summary>The command line or the configuration is wrong; all errors were printed.</summary>
    BadConfiguration = 2,

    /// <summary>The data directory cannot be used: another gateway runs on it, or a right is missing.</summary>
    DataUnavailable = 3,

    /// <summary>A listener's address cannot be bound.</summary>
    AddressInUse = 4,
}

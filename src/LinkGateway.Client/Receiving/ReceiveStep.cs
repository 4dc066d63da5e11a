namespace LinkGateway.Client.Receiving;

/// <summary>
/// How far a file has come on its way from the inbox to the receiving system. Each is written down, flushed, before the next begins, but
/// <see cref="Renamed"/> and <see cref="Ended"/>, which show by the files themselves.
/// </summary>
public enum ReceiveStep
{
    /// <summary>Its bytes are being fetched.</summary>
    Fetching,

    /// <summary>It is whole, verified and flushed under a temporary name, and its name is chosen.</summary>
    Fetched,

    /// <summary>It lies under its name.</summary>
    Renamed,

    /// <summary>Its name is durable.</summary>
    Published,

    /// <summary>The gateway has confirmed that it was told so; the delivered receipt is there.</summary>
    Stored,

    /// <summary>The job is about to run.</summary>
    Working,

    /// <summary>The job has ended; its result is known.</summary>
    Worked,

    /// <summary>The gateway knows the result, and nothing is left to do.</summary>
    Ended,
}

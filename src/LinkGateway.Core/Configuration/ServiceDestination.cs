namespace LinkGateway.Core.Configuration;

/// <summary>A receiver's own SOAP endpoint: calls are relayed to it, and stored messages delivered.</summary>
public sealed record ServiceDestination : Destination
{
    /// <summary>Address of the endpoint.</summary>
    public required Uri Url { get; init; }

    /// <summary>With what this gateway proves who it is there; null means nothing.</summary>
    public OutboundCredentials? Credentials { get; init; }

    /// <summary>Its server certificates or their issuers, as DER or PEM files; empty means what the operating system trusts.</summary>
    [ConfigurationPath]
    public IReadOnlyList<string> TrustedCertificates { get; init; } = [];

    /// <summary>Plain http beyond loopback must be allowed here by name.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Which version of SOAP it speaks.</summary>
    public SoapVersionPolicy Soap { get; init; } = SoapVersionPolicy.AsSent;

    /// <summary>Whether requests are compressed by gzip and compressed answers asked for.</summary>
    public bool Gzip { get; init; }

    /// <summary>Whether it is asked by Expect: 100-continue before a large message is sent.</summary>
    public bool ExpectContinue { get; init; }

    /// <summary>Calls that are under way at the same time.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>Calls that wait for their turn; more are refused at once.</summary>
    public int Queue { get; init; } = 128;

    /// <summary>Longest time for which a call waits for its turn, as d.hh:mm:ss.</summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time to open a connection, as d.hh:mm:ss.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest silence of the receiver, before its answer and within, as d.hh:mm:ss. There is no total time.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When it is left alone.</summary>
    public BreakerSettings Breaker { get; init; } = new();

    /// <summary>Whether a stored message whose delivery is in doubt is sent once more (at least once) or held (at most once).</summary>
    public bool AtMostOnce { get; init; }

    internal override int? MostDeliveries => Concurrency;
}

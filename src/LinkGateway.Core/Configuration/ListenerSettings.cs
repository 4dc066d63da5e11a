namespace LinkGateway.Core.Configuration;

/// <summary>One address that the gateway listens on.</summary>
public sealed record ListenerSettings
{
    /// <summary>Address such as https://0.0.0.0:8443; port 0 takes a free one. Scheme, host and port only.</summary>
    public required Uri Url { get; init; }

    /// <summary>Server certificate; null means one made on first start and kept under data.directory.</summary>
    public CertificateSettings? Certificate { get; init; }

    /// <summary>Whether client certificates are accepted beside Basic, required, or off.</summary>
    public ClientCertificatePolicy ClientCertificates { get; init; } = ClientCertificatePolicy.Accept;

    /// <summary>Plain http beyond loopback must be allowed here by name.</summary>
    public bool AllowPlainHttp { get; init; }
}

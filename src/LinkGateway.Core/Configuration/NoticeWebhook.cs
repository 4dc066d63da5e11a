namespace LinkGateway.Core.Configuration;

/// <summary>An HTTP address that notices are posted to. Any 2xx answer means taken.</summary>
public sealed record NoticeWebhook : NoticeSink
{
    /// <summary>The address, such as https://monitor.example.jp/linkgateway.</summary>
    public required Uri Url { get; init; }

    /// <summary>With what this gateway proves who it is there; null means nothing, or bearer.</summary>
    public OutboundCredentials? Credentials { get; init; }

    /// <summary>A token that is sent as Authorization: Bearer, as env:NAME or file:PATH; null for none.</summary>
    [ConfigurationPath]
    public SecretReference? Bearer { get; init; }

    /// <summary>
    /// A secret with which each notice is signed: HMAC-SHA-256 in the header LinkGateway-Signature. As env:NAME or file:PATH.
    /// </summary>
    [ConfigurationPath]
    public SecretReference? SigningSecret { get; init; }

    /// <summary>Its server certificates or their issuers, as DER or PEM files; empty means what the operating system trusts.</summary>
    [ConfigurationPath]
    public IReadOnlyList<string> TrustedCertificates { get; init; } = [];

    /// <summary>Plain http beyond loopback must be allowed here by name.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Longest time for one notice, from connecting to the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}

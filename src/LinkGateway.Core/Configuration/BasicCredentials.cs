namespace LinkGateway.Core.Configuration;

/// <summary>User and password of HTTP Basic authentication (RFC 7617).</summary>
public sealed record BasicCredentials
{
    /// <summary>User name; without a colon.</summary>
    public required string User { get; init; }

    /// <summary>env:NAME or file:PATH; for those who call this gateway also a pbkdf2-sha256 hash. Never the password itself.</summary>
    [ConfigurationPath]
    public required SecretReference Password { get; init; }
}

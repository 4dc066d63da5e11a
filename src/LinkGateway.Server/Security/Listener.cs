using LinkGateway.Core.Configuration;

namespace LinkGateway.Server.Security;

/// <summary>The rules of the listener that a connection came in by; a feature of the connection, and so of each of its requests.</summary>
/// <param name="Settings">The listener as configured.</param>
public sealed record Listener(ListenerSettings Settings)
{
    /// <summary>Whether the connection is encrypted.</summary>
    public bool IsTls => Settings.Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether passwords may be sent: over TLS, or where plain HTTP is allowed by name.</summary>
    public bool TakesPasswords => (IsTls || Settings.AllowPlainHttp) && Settings.ClientCertificates != ClientCertificatePolicy.Require;
}

using System.Security.Cryptography.X509Certificates;

namespace LinkGateway.Server.Security;

/// <summary>A certificate with its private key, and the intermediate ones that are shown with it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Chain">The intermediate ones.</param>
sealed record ServerCertificate(X509Certificate2 Certificate, X509Certificate2Collection Chain);

using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Routing;

namespace LinkGateway.Core.Transfers;

/// <summary>A transfer that may come in: who it is and where it goes, by the configuration that was in force when it came.</summary>
/// <param name="Identity">Its identity here.</param>
/// <param name="SubmittedBy">Participant that hands it in.</param>
/// <param name="Manifest">The manifest, checked.</param>
/// <param name="ManifestDigest">Its digest.</param>
/// <param name="Hops">Gateways that it came through.</param>
/// <param name="Routes">One route for each receiver to be served from here.</param>
/// <param name="Limits">Limits in force.</param>
sealed record Admission(
    TransferIdentity Identity,
    string SubmittedBy,
    Manifest Manifest,
    Sha256Digest ManifestDigest,
    IReadOnlyList<string> Hops,
    IReadOnlyList<Route> Routes,
    LimitSettings Limits)
{
    /// <summary>Size that binds: the manifest's, or for a message what its sender declared beside it.</summary>
    public long? Size { get; init; } = Manifest.Size;

    /// <summary>Fetched from the submitter's inbox: the delivery there; null when it is handed in.</summary>
    public string? FetchedDelivery { get; init; }

    /// <summary>The lease with which it is fetched, as far as known.</summary>
    public string? FetchedLease { get; init; }

    /// <summary>SHA-256 that binds: the manifest's, or for a message what its sender declared beside it.</summary>
    public Sha256Digest? Sha256 { get; init; } = Manifest.Sha256;
}

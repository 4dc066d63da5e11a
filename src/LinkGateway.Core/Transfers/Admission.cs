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
    LimitSettings Limits);

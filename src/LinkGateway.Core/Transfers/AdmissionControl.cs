using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Contract.Messages;
using LinkGateway.Core.Configuration;
using LinkGateway.Core.Directory;
using LinkGateway.Core.Messages;
using LinkGateway.Core.Routing;

namespace LinkGateway.Core.Transfers;

/// <summary>
/// Decides, before a byte of the attachment is read, whether a transfer may come in (DESIGN section 4, item 3). Default deny.
/// </summary>
sealed class AdmissionControl(CoreServices services)
{
    /// <summary>Admits a file: checks identity, manifest, hops, interface, routes and environment.</summary>
    public Outcome<Admission> Admit(string caller, TransferReference reference, Manifest manifest, IReadOnlyList<string> hops) =>
        manifest.IsMessage()
            ? new Refusal(ErrorCatalogue.FieldInvalid, "manifest.kind", "a message is posted to the address of its service")
            : AdmitRouted(caller, reference, manifest, hops);

    /// <summary>Admits a message by the same checks.</summary>
    public Outcome<Admission> AdmitMessage(string caller, TransferReference reference, Manifest manifest, IReadOnlyList<string> hops) =>
        AdmitRouted(caller, reference, manifest, hops);

    /// <summary>Admits a reply: its way was decided with the message that it answers, and so was the version of the interface.</summary>
    public Outcome<Admission> AdmitReply(
        string caller, TransferReference reference, Manifest manifest, IReadOnlyList<string> hops, Route route)
    {
        var snapshot = services.Configuration.Current;
        var identity = CheckClaims(caller, reference, manifest, hops, snapshot);
        if (!identity.Succeeded) return identity.Refusal;
        return CheckEnvironment(manifest, snapshot) is { } mixed
            ? mixed
            : Admitted(identity.Value, caller, manifest, hops, [route], snapshot);
    }

    Outcome<Admission> AdmitRouted(string caller, TransferReference reference, Manifest manifest, IReadOnlyList<string> hops)
    {
        var snapshot = services.Configuration.Current;
        var identity = CheckClaims(caller, reference, manifest, hops, snapshot);
        if (!identity.Succeeded) return identity.Refusal;
        if (CheckInterface(manifest, snapshot) is { } badInterface) return badInterface;
        var routes = FindRoutes(identity.Value, manifest, snapshot);
        if (!routes.Succeeded) return routes.Refusal;
        return Admitted(identity.Value, caller, manifest, hops, routes.Value, snapshot);
    }

    static Admission Admitted(
        TransferIdentity identity, string caller, Manifest manifest, IReadOnlyList<string> hops, IReadOnlyList<Route> routes,
        ConfigurationSnapshot snapshot) =>
        new(identity, caller, manifest, Contract.Manifests.ManifestDigest.Of(manifest), hops, routes, snapshot.Configuration.Limits);

    /// <summary>Checks what the caller says of itself and of the transfer, whatever the routes are.</summary>
    Outcome<TransferIdentity> CheckClaims(
        string caller, TransferReference reference, Manifest manifest, IReadOnlyList<string> hops, ConfigurationSnapshot snapshot)
    {
        if (ManifestRules.Check(manifest, services.Now) is { } badManifest) return badManifest;
        if (reference.TransferId is { } stated && stated != manifest.TransferId)
            return new Refusal(ErrorCatalogue.FieldInvalid, "transferId", "it differs from the manifest's");
        var identified = Identify(caller, reference with { TransferId = manifest.TransferId });
        if (!identified.Succeeded) return identified.Refusal;
        var identity = identified.Value;
        if (services.Standing.IsSuspended(identity.Origin)) return new Refusal(ErrorCatalogue.ParticipantSuspended, identity.Origin);
        if (identity.Origin != manifest.Origin)
            return new Refusal(ErrorCatalogue.FieldInvalid, "manifest.origin", $"it must be {identity.Origin}");
        if (!identity.IsEntry && !manifest.Receivers.Contains(identity.Receiver, StringComparer.Ordinal))
            return new Refusal(ErrorCatalogue.FieldInvalid, "receiver", "the manifest does not name it");
        if (CheckHops(identity, hops, snapshot.Configuration.Gateway.Id) is { } badHops) return badHops;
        return identity;
    }

    /// <summary>The identity that a request names, if the caller may name it.</summary>
    public Outcome<TransferIdentity> Identify(string caller, TransferReference reference)
    {
        if (services.Configuration.Current.Directory.Find(caller) is not { } participant)
            return new Refusal(ErrorCatalogue.NotAuthenticated);
        if (reference.TransferId is null) return new Refusal(ErrorCatalogue.FieldMissing, "transferId");
        if (!TransferIds.IsValid(reference.TransferId))
            return new Refusal(ErrorCatalogue.FieldInvalid, "transferId", "1 to 255 characters without control characters");
        if (reference.Replay < 0) return new Refusal(ErrorCatalogue.FieldInvalid, "replay", "it is negative");
        var origin = reference.Origin ?? caller;
        if (participant.Kind == ParticipantKind.Operator || !participant.MayActFor(origin))
            return new Refusal(ErrorCatalogue.OriginNotAllowed, caller, origin);
        if (origin == caller && reference.Receiver is { Length: > 0 })
            return new Refusal(ErrorCatalogue.FieldInvalid, "receiver", "it is for forwards only; the manifest names the receivers");
        if (origin == caller && reference.Replay != 0)
            return new Refusal(ErrorCatalogue.FieldInvalid, "replay", "it is for forwards only");
        if (origin != caller && reference.Receiver is not { Length: > 0 })
            return new Refusal(ErrorCatalogue.FieldMissing, "receiver");
        return new TransferIdentity(origin, reference.TransferId, reference.Receiver ?? "", reference.Replay);
    }

    static Refusal? CheckHops(TransferIdentity identity, IReadOnlyList<string> hops, string self)
    {
        if (identity.IsEntry)
            return hops.Count == 0 ? null : new Refusal(ErrorCatalogue.FieldInvalid, "hop", "it is for forwards only");
        if (hops.Count == 0) return new Refusal(ErrorCatalogue.FieldMissing, "hop");
        return HopRules.Check(hops, self);
    }

    static Refusal? CheckEnvironment(Manifest manifest, ConfigurationSnapshot snapshot)
    {
        var environment = snapshot.Configuration.Gateway.Environment.WireName();
        return manifest.Environment == environment
            ? null
            : new Refusal(
                ErrorCatalogue.EnvironmentMismatch, manifest.Environment, $"gateway {snapshot.Configuration.Gateway.Id}", environment);
    }

    Refusal? CheckInterface(Manifest manifest, ConfigurationSnapshot snapshot)
    {
        if (CheckEnvironment(manifest, snapshot) is { } mixed) return mixed;
        if (snapshot.FindInterface(manifest.InterfaceId) is not { } found)
            return new Refusal(ErrorCatalogue.NoRoute, manifest.Origin, manifest.InterfaceId, string.Join(", ", manifest.Receivers));
        if (found.RefuseKind(manifest.Kind) is { } badKind) return badKind;
        return found.VersionInForce(manifest.InterfaceVersion, snapshot.DateOf(services.Now)).Refusal;
    }

    static Outcome<IReadOnlyList<Route>> FindRoutes(TransferIdentity identity, Manifest manifest, ConfigurationSnapshot snapshot)
    {
        IReadOnlyList<string> receivers = identity.IsEntry ? manifest.Receivers : [identity.Receiver];
        var routes = new List<Route>(receivers.Count);
        foreach (var receiver in receivers)
        {
            if (snapshot.Routes.Resolve(manifest.Origin, manifest.InterfaceId, receiver) is not { } route)
                return new Refusal(ErrorCatalogue.NoRoute, manifest.Origin, manifest.InterfaceId, receiver);
            if (route.Environment != manifest.Environment)
                return new Refusal(ErrorCatalogue.EnvironmentMismatch, manifest.Environment, $"the route to {receiver}", route.Environment);
            routes.Add(route with { Receiver = receiver });
        }

        return routes;
    }
}

using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Wire;
using LinkGateway.Core.Directory;
using LinkGateway.Core.Routing;
using LinkGateway.Soap.Relaying;

namespace LinkGateway.Relay.Calls;

/// <summary>Decides, before a byte of the message is read, who calls whom and whether a route allows it. Default deny.</summary>
static class CallAdmission
{
    /// <summary>Path of all services; organisation code and service follow.</summary>
    public const string ServicePath = "/services/";

    /// <summary>Finds the route of a call.</summary>
    public static Outcome<AdmittedCall> Admit(RelayRequest request, string caller, BoundContracts contracts)
    {
        var snapshot = contracts.Snapshot;
        if (snapshot.Directory.Find(caller) is not { } participant)
            return new Refusal(ErrorCatalogue.NotAuthenticated);
        var addressed = ReadPath(request.Path);
        if (!addressed.Succeeded) return addressed.Refusal;
        var (organisation, service) = addressed.Value;
        var sender = SenderOf(request, participant, snapshot.Configuration.Gateway.Id);
        if (!sender.Succeeded) return sender.Refusal;
        var (origin, hops) = sender.Value;
        return snapshot.Services.Resolve(origin, service, organisation) is { } route && contracts.Find(service) is { } bound
            ? new AdmittedCall(origin, hops, organisation, bound, route)
            : new Refusal(ErrorCatalogue.NoRoute, origin, service, organisation.ToString());
    }

    /// <summary>Whom a message comes from, and through which gateways: gateways say so, all others are it themselves.</summary>
    public static Outcome<(string Origin, IReadOnlyList<string> Hops)> SenderOf(RelayRequest request, Participant caller, string self)
    {
        if (caller.Kind == ParticipantKind.Operator)
            return new Refusal(ErrorCatalogue.OriginNotAllowed, caller.Id, caller.Id);
        if (caller.Kind != ParticipantKind.Gateway)
            return (caller.Id, Array.Empty<string>());
        if (!request.HttpHeaders.TryGetValue(LinkGatewayHeaders.Origin, out var origin) || origin.Length == 0)
            return new Refusal(ErrorCatalogue.FieldMissing, LinkGatewayHeaders.Origin);
        if (!caller.MayForwardFor(origin))
            return new Refusal(ErrorCatalogue.OriginNotAllowed, caller.Id, origin);
        var hops = request.HttpHeaders.TryGetValue(LinkGatewayHeaders.Hops, out var list)
            ? list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
        return HopRules.Check(hops, self) is { } refusal ? refusal : (origin, hops);
    }

    /// <summary>Reads <c>/services/{organisationCode}/{service}</c>.</summary>
    public static Outcome<(OrganisationCode Organisation, string Service)> ReadPath(string path)
    {
        var parts = path[ServicePath.Length..].Split('/');
        if (!OrganisationCode.TryParse(parts[0], out var organisation))
            return new Refusal(ErrorCatalogue.FieldInvalid, "organisationCode",
                "the address names no 団体コード: five digits, or six with the right check digit");
        return (organisation, parts.ElementAtOrDefault(1) ?? "");
    }
}

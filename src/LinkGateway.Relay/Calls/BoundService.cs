using System.Xml.Linq;
using LinkGateway.Contract.Errors;
using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Catalogue;

namespace LinkGateway.Relay.Calls;

/// <summary>An interface of the configuration with the contracts of all its versions. Immutable.</summary>
public sealed class BoundService
{
    readonly IReadOnlyList<BoundVersion> _newestFirst;

    internal BoundService(LinkageInterface item, InterfaceCatalogue? catalogue)
    {
        Interface = item;
        var service = item.Service!;
        _newestFirst = item.Versions.Count == 0
            ? [Bind(null)]
            : [.. item.Versions.OrderByDescending(version => version.EffectiveFrom).Select(Bind)];

        BoundVersion Bind(InterfaceVersion? version)
        {
            var file = version?.Wsdl ?? service.Wsdl;
            return new(version, catalogue?.Find(file, service.Service), file);
        }
    }

    /// <summary>The interface.</summary>
    public LinkageInterface Interface { get; }

    /// <summary>The versions without a usable contract.</summary>
    public IEnumerable<BoundVersion> Broken => _newestFirst.Where(version => version.Contract is null);

    /// <summary>The version whose contract is served on a day; null where none is.</summary>
    public BoundVersion? Served(DateOnly on) =>
        _newestFirst.FirstOrDefault(version => version.IsInForce(on) && version.Contract is not null);

    /// <summary>The version of that name, in force or not; the only one where the interface lists none.</summary>
    public BoundVersion? Find(string? version) => _newestFirst.FirstOrDefault(one => one.Version?.Version == version);

    /// <summary>The operation that a request means: that of the newest version in force which has it.</summary>
    /// <param name="body">The element in the body; null where there is none.</param>
    /// <param name="on">The day, in the gateway's time zone.</param>
    public Outcome<(BoundVersion Version, ServiceOperation Operation)> Find(XName? body, DateOnly on)
    {
        BoundVersion? broken = null;
        BoundVersion? elsewhen = null;
        foreach (var version in _newestFirst)
        {
            if (version.Contract is not { } contract)
                broken ??= version.IsInForce(on) ? version : null;
            else if (contract.FindOperation(body) is { } operation)
            {
                if (version.IsInForce(on))
                    return (version, operation);
                elsewhen ??= version;
            }
        }
        if (elsewhen is not null)
            return Interface.VersionInForce(elsewhen.Version!.Version, on).Refusal!;
        if (broken is not null)
            return new Refusal(ErrorCatalogue.ContractUnavailable, Interface.Id, $"the catalogue has no usable {broken.File}");
        return new Refusal(ErrorCatalogue.OperationUnknown, Interface.Service!.Name, Shown(body));
    }

    // A namespace may hold line ends, which have no place in faults and logs.
    static string Shown(XName? body) =>
        body is null ? "(none)" : string.Concat(body.ToString().Select(c => char.IsControl(c) ? ' ' : c));
}

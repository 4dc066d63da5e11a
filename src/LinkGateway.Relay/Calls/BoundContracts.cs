using System.Collections.Frozen;
using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Catalogue;

namespace LinkGateway.Relay.Calls;

/// <summary>A configuration and the contracts of its services: a snapshot, swapped whole. Immutable.</summary>
public sealed class BoundContracts
{
    readonly FrozenDictionary<string, BoundService> _byName;

    internal BoundContracts(ConfigurationSnapshot snapshot, InterfaceCatalogue? catalogue)
    {
        (Snapshot, Catalogue) = (snapshot, catalogue);
        _byName = snapshot.Configuration.Interfaces.Where(item => item.Service is not null)
            .ToFrozenDictionary(item => item.Service!.Name, item => new BoundService(item, catalogue), StringComparer.Ordinal);
    }

    /// <summary>The configuration.</summary>
    public ConfigurationSnapshot Snapshot { get; }

    /// <summary>The catalogue; null where none is configured.</summary>
    internal InterfaceCatalogue? Catalogue { get; }

    /// <summary>All services.</summary>
    public IEnumerable<BoundService> All => _byName.Values;

    /// <summary>The service of that name in addresses; null where there is none.</summary>
    public BoundService? Find(string service) => _byName.GetValueOrDefault(service);
}

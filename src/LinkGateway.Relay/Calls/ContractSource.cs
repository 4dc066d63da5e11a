using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Catalogue;

namespace LinkGateway.Relay.Calls;

/// <summary>The contracts in force, read anew with each configuration. Thread-safe.</summary>
public sealed class ContractSource
{
    readonly IRelayEvents _events;
    volatile BoundContracts _current;

    /// <summary>Reads the catalogue of the configuration in force, and follows it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="events">Told of what is wrong with the catalogue.</param>
    public ContractSource(ConfigurationSource configuration, IRelayEvents events)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _events = events;
        _current = Read(configuration.Current, null);
        configuration.Changed += snapshot => _current = Read(snapshot, _current.Catalogue);
    }

    /// <summary>The contracts, with the configuration that they were read for.</summary>
    public BoundContracts Current => _current;

    BoundContracts Read(ConfigurationSnapshot snapshot, InterfaceCatalogue? before)
    {
        var catalogue = snapshot.Configuration.Catalogue is { } settings ? Load(settings.Folder, before) : null;
        var contracts = new BoundContracts(snapshot, catalogue);
        foreach (var service in contracts.All)
            foreach (var version in service.Broken)
                _events.ContractMissing(service.Interface.Id, version.File);
        return contracts;
    }

    InterfaceCatalogue? Load(string folder, InterfaceCatalogue? before)
    {
        try
        {
            var catalogue = InterfaceCatalogue.Load(folder);
            _events.CatalogueRead(catalogue.Services.Count(), catalogue.Errors);
            return catalogue;
        }
        catch (Exception error)
        {
            // A file that the schema compiler trips over must not keep the rest of a new configuration from coming into force.
            _events.CatalogueUnreadable(error);
            return before;
        }
    }
}

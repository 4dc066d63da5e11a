using LinkGateway.Core.Configuration;
using LinkGateway.Relay.Catalogue;
using LinkGateway.Relay.Validation;

namespace LinkGateway.Relay.Calls;

/// <summary>One version of a service with its contract. Immutable.</summary>
public sealed class BoundVersion
{
    internal BoundVersion(InterfaceVersion? version, ServiceContract? contract, string file)
    {
        (Version, Contract, File) = (version, contract, file);
        Validator = contract is null ? null : new MessageValidator(contract);
    }

    /// <summary>The version; null where the interface lists none.</summary>
    public InterfaceVersion? Version { get; }

    /// <summary>The contract; null where the catalogue has none.</summary>
    public ServiceContract? Contract { get; }

    /// <summary>Holds messages to the contract; null where there is none.</summary>
    public MessageValidator? Validator { get; }

    /// <summary>The WSDL file that was asked for.</summary>
    public string File { get; }

    /// <summary>Whether it may be used on that day.</summary>
    public bool IsInForce(DateOnly on) => Version?.IsInForce(on) ?? true;
}

using LinkGateway.Core.Transfers;
using LinkGateway.Relay.Channels;
using LinkGateway.Relay.Records;
using LinkGateway.Soap.Operations;

namespace LinkGateway.Relay.Calls;

/// <summary>Everything that the relay acts through.</summary>
public sealed record RelayServices
{
    /// <summary>The contracts in force, with the configuration that they were read for.</summary>
    public required ContractSource Contracts { get; init; }

    /// <summary>The way to receivers.</summary>
    public required ReceiverChannels Channels { get; init; }

    /// <summary>Where messages are stored.</summary>
    public required TransferService Transfers { get; init; }

    /// <summary>Where call records go.</summary>
    public required ICallRecords Records { get; init; }

    /// <summary>Told of what happens.</summary>
    public required IRelayEvents Events { get; init; }

    /// <summary>How callers' messages are judged.</summary>
    public required IPartnerProfiles Partners { get; init; }

    /// <summary>What reading a message may cost, in both directions.</summary>
    public required MessageLimits Limits { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Whether a caller with this Accept-Language (null where it sent none) would rather read Japanese.</summary>
    public required Func<string?, bool> PrefersJapanese { get; init; }
}

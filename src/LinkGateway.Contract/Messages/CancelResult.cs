using LinkGateway.Contract.Manifests;

namespace LinkGateway.Contract.Messages;

/// <summary>Answer of CancelTransfer.</summary>
public sealed record CancelResult
{
    /// <summary><see cref="States.TransferState"/> by name, after the call.</summary>
    public required string State { get; init; }

    /// <summary>One entry for each delivery.</summary>
    public IReadOnlyList<CancelledDelivery> Deliveries { get; init; } = [];

    /// <summary>Name/value properties, so that answers can grow without a new namespace version.</summary>
    public IReadOnlyList<NameValue> Properties { get; init; } = [];
}

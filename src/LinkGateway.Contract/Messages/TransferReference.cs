using LinkGateway.Contract.Identity;

namespace LinkGateway.Contract.Messages;

/// <summary>The identity fields that stand first in every request that names a transfer; all optional on the wire (DESIGN section 6,
/// Identity).</summary>
public sealed record TransferReference
{
    /// <summary>Origin; absent means the caller.</summary>
    public string? Origin { get; init; }

    /// <summary>The origin's id of the transfer; absent only where a manifest in the same request states it.</summary>
    public string? TransferId { get; init; }

    /// <summary>The one receiver of a forward; absent at the entry gateway.</summary>
    public string? Receiver { get; init; }

    /// <summary>Replay number; absent means 0.</summary>
    public int Replay { get; init; }

    /// <summary>The reference that names <paramref name="identity"/>.</summary>
    public static TransferReference To(TransferIdentity identity) => new()
    {
        Origin = identity.Origin,
        TransferId = identity.TransferId,
        Receiver = identity.IsEntry ? null : identity.Receiver,
        Replay = identity.Replay,
    };
}

using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Journal;

/// <summary>Something that was removed and is not yet in a signed statement.</summary>
/// <param name="At">When.</param>
/// <param name="What">payload, transfer or stray.</param>
/// <param name="Transfer">The transfer; null for a stray.</param>
/// <param name="Name">The payload's id, for a stray; else null.</param>
/// <param name="Size">Bytes, where known.</param>
/// <param name="Sha256">SHA-256 of the payload, where known.</param>
/// <param name="Rule">By which rule.</param>
public sealed record PurgeEntry(
    DateTimeOffset At, string What, TransferIdentity? Transfer, string? Name, long? Size, Sha256Digest? Sha256, string Rule)
{
    /// <summary>Its number, in the order in which it was entered; given by the journal.</summary>
    public long Number { get; init; }
}

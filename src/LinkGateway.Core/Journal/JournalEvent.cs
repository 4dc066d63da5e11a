using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Journal;

/// <summary>One move in the life of a transfer or a delivery: what an operator reads at night.</summary>
/// <param name="At">When.</param>
/// <param name="Transfer">The transfer.</param>
/// <param name="DeliveryId">The delivery; null for the transfer itself.</param>
/// <param name="From">State before; empty at the beginning.</param>
/// <param name="To">State after.</param>
/// <param name="Detail">Code and text of the reason, or empty. No payload, no secret.</param>
public sealed record JournalEvent(DateTimeOffset At, TransferIdentity Transfer, string? DeliveryId, string From, string To, string Detail);

using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Transfers;

/// <summary>What opening a transfer gave.</summary>
/// <param name="Live">The transfer.</param>
/// <param name="Record">Its row; <c>Accepted</c> when there is nothing left to send.</param>
/// <param name="Attempt">The attempt that now may write.</param>
sealed record OpenedTransfer(LiveTransfer Live, TransferRecord Record, UploadAttempt Attempt);

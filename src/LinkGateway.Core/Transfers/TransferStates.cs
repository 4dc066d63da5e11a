using LinkGateway.Contract.States;

namespace LinkGateway.Core.Transfers;

/// <summary>The one table of moves that a transfer may make (DESIGN section 5).</summary>
public static class TransferStates
{
    /// <summary>Whether <paramref name="from"/> may become <paramref name="target"/>.</summary>
    public static bool CanMove(TransferState from, TransferState target) => (from, target) switch
    {
        (TransferState.Open, TransferState.Verifying) => true,
        (TransferState.Verifying, TransferState.Open) => true,
        (TransferState.Open or TransferState.Verifying, TransferState.Accepted) => true,
        (TransferState.Open or TransferState.Verifying, TransferState.Rejected) => true,
        (TransferState.Open or TransferState.Verifying, TransferState.Cancelled) => true,
        (TransferState.Open or TransferState.Verifying, TransferState.Expired) => true,

        // Withdrawn after acceptance, as long as no delivery has gone out; its id stays taken.
        (TransferState.Accepted, TransferState.Cancelled) => true,

        // An id that never reached Accepted is free again.
        (TransferState.Rejected or TransferState.Cancelled or TransferState.Expired, TransferState.Open) => true,
        _ => false,
    };
}

namespace LinkGateway.Contract.Identity;

/// <summary>What names a transfer at one gateway (DESIGN section 6, Identity): compared ordinally, never used as a path.</summary>
/// <param name="Origin">Participant that made the transfer.</param>
/// <param name="TransferId">The origin's own id, 1 to 255 characters without controls.</param>
/// <param name="Receiver">The one receiver of a forwarded transfer; empty at the entry gateway, where one upload serves all
/// receivers.</param>
/// <param name="Replay">0 for the transfer itself, n for its n-th replay.</param>
public sealed record TransferIdentity(string Origin, string TransferId, string Receiver, int Replay)
{
    /// <summary>True at the entry gateway: the transfer was handed in by its origin and not forwarded.</summary>
    public bool IsEntry => Receiver.Length == 0;
}

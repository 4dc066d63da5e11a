using LinkGateway.Contract.Identity;

namespace LinkGateway.Core.Intake;

/// <summary>An unfinished transfer, as far as it counts against limits.</summary>
/// <param name="Identity">Its identity.</param>
/// <param name="SubmittedBy">Participant that hands it in.</param>
/// <param name="Declared">Declared size in bytes; 0 where none is.</param>
/// <param name="Held">Bytes that are durable here.</param>
public sealed record OpenUpload(TransferIdentity Identity, string SubmittedBy, long Declared, long Held)
{
    /// <summary>Bytes still to come.</summary>
    public long InFlight => Math.Max(0, Declared - Held);
}

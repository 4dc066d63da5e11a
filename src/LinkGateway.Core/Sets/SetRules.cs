using LinkGateway.Contract.Errors;
using LinkGateway.Core.Routing;
using LinkGateway.Core.Transfers;

namespace LinkGateway.Core.Sets;

/// <summary>Refuses a file whose count is not that of its set, before a byte of it is read.</summary>
/// <remarks>Two that come at the same time may both pass; the set then waits at the receiver's side, with the reason.</remarks>
sealed class SetRules(CoreServices services)
{
    /// <summary>Why the file does not fit; null when it does, or stands alone.</summary>
    public async ValueTask<Refusal?> CheckAsync(Admission admission, CancellationToken cancellationToken)
    {
        var manifest = admission.Manifest;
        if (manifest.SetId is null) return null;
        foreach (Route route in admission.Routes)
        {
            var key = SetKeys.Of(manifest, route.Receiver, admission.Identity.Replay)!;
            var members = await services.Journal.SetDeliveriesAsync(key, cancellationToken);
            if (members.Any(delivery => delivery.LastErrorCode == ErrorCatalogue.SetExpired.Code))
                return Mismatch(manifest.SetId, "it was not complete in time and is given up; send the whole set under a new id");
            var other = members.FirstOrDefault(delivery => delivery.State != Contract.States.DeliveryState.Cancelled);
            if (other is null || await services.Journal.FindTransferAsync(other.Transfer, cancellationToken) is not { } member) continue;
            if (member.Manifest.SetCount != manifest.SetCount)
            {
                var why = $"{member.Identity.TransferId} states {member.Manifest.SetCount} files and this one {manifest.SetCount}";
                return Mismatch(manifest.SetId, why);
            }

            if (member.Manifest.SetIndex == manifest.SetIndex && member.Identity.TransferId != manifest.TransferId)
                return Mismatch(manifest.SetId, $"{member.Identity.TransferId} has the index {manifest.SetIndex} too");
        }

        return null;
    }

    static Refusal Mismatch(string setId, string why) => new(ErrorCatalogue.SetMismatch, setId, why);
}

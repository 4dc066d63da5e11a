using LinkGateway.Core.Journal;

namespace LinkGateway.Core.Sets;

/// <summary>A file of a set that is here.</summary>
/// <param name="Delivery">Its delivery.</param>
/// <param name="Transfer">Its transfer.</param>
sealed record SetMember(DeliveryRecord Delivery, TransferRecord Transfer)
{
    /// <summary>Its place in the set, from 1.</summary>
    public int Index => Transfer.Manifest.SetIndex!.Value;
}

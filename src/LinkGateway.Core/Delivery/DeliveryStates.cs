using LinkGateway.Contract.States;
using static LinkGateway.Contract.States.DeliveryState;

namespace LinkGateway.Core.Delivery;

/// <summary>The one table of moves that a delivery may make (DESIGN section 5).</summary>
public static class DeliveryStates
{
    /// <summary>Whether <paramref name="from"/> may become <paramref name="target"/>.</summary>
    public static bool CanMove(DeliveryState from, DeliveryState target) => (from, target) switch
    {
        (Waiting, Sending or Held or Cancelled) => true,
        (Sending, Waiting or Held or InDoubt or HandedOver or Publishing or Failed or Cancelled) => true,

        // A receipt is proof, whatever was known here: it may be fetched before the answer to the commit was entered, or instead of it, or
        // after the delivery was given up, or held back, in doubt. An operator who found it at the receiver says the same.
        (Waiting or Sending or InDoubt or Held or Failed, Delivered or ReceiverRejected) => true,
        (InDoubt, Sending or HandedOver or Waiting or Held or Failed or Cancelled) => true,
        (HandedOver, Delivered or ReceiverRejected or Failed or Cancelled) => true,

        // The gateway that has it cannot be reached, and another way leads to the same place.
        (HandedOver, Waiting) => true,
        (Publishing, Delivered or Held or Failed) => true,

        // The folder where it was begun is gone for good, and an operator found that the receiver has seen nothing of it there.
        (Publishing, Waiting) => true,
        (Delivered, Applied or ReceiverRejected) => true,
        (Held, Waiting or Cancelled or Failed) => true,

        // The set for which it was held is complete.
        (Held, Publishing) => true,

        // An operator's order: continue a delivery that was given up, or drop it.
        (Failed, Waiting or Cancelled) => true,
        _ => false,
    };

    /// <summary>Nothing more happens to it by itself.</summary>
    public static bool IsFinal(DeliveryState state) => state is Delivered or Applied or ReceiverRejected or Failed or Cancelled;
}

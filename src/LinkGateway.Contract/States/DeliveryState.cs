namespace LinkGateway.Contract.States;

/// <summary>State of a delivery at one gateway (DESIGN section 5). The names are the wire values.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its turn, or for its next attempt.</summary>
    Waiting,

    /// <summary>Held back for a stated reason until somebody decides.</summary>
    Held,

    /// <summary>An attempt is running.</summary>
    Sending,

    /// <summary>A commit was sent and not answered.</summary>
    InDoubt,

    /// <summary>The next gateway has accepted it.</summary>
    HandedOver,

    /// <summary>Being published in a folder.</summary>
    Publishing,

    /// <summary>At the receiver.</summary>
    Delivered,

    /// <summary>Taken over by the receiving system.</summary>
    Applied,

    /// <summary>Refused by the receiving system.</summary>
    ReceiverRejected,

    /// <summary>Given up after the last attempt; the file is kept.</summary>
    Failed,

    /// <summary>Withdrawn.</summary>
    Cancelled,
}

namespace LinkGateway.Client.Sending;

/// <summary>How a sending ended.</summary>
public enum SendEnd
{
    /// <summary>The gateway has the file safe; the accepted receipt is there.</summary>
    Accepted,

    /// <summary>Every receiver has it.</summary>
    Delivered,

    /// <summary>Accepted, but not delivered within the time to wait. The same order, given again, goes on waiting.</summary>
    NotDeliveredInTime,

    /// <summary>Accepted, but at least one delivery failed, was rejected by the receiver or cancelled.</summary>
    DeliveryFailed,

    /// <summary>The gateway refuses it by the sender's fault; the same order fails again.</summary>
    Refused,

    /// <summary>The gateway was not reached or had trouble of its own at each try. The same order, given again, continues.</summary>
    Unavailable,

    /// <summary>The file is not what it was when its sending began. Nothing was committed.</summary>
    FileChanged,

    /// <summary>A newer attempt has taken the transfer over.</summary>
    TakenOver,

    /// <summary>The gateway's receipt does not speak of the bytes that were sent. An incident: nothing it says can be relied on.</summary>
    ReceiptMismatch,

    /// <summary>The state file cannot be read, or belongs to an order with other properties. Nothing was sent.</summary>
    StateConflict,

    /// <summary>The file or its state file cannot be read or written.</summary>
    Unreadable,

    /// <summary>Not tried, because the gateway was unavailable for the files before it. The same order, given again, continues.</summary>
    NotTried,
}

namespace LinkGateway.Client.Sending;

/// <summary>What a sender waits for before it ends.</summary>
public enum WaitFor
{
    /// <summary>The gateway's accepted receipt: the file is safe there.</summary>
    Accepted,

    /// <summary>Delivery to every receiver.</summary>
    Delivered,
}

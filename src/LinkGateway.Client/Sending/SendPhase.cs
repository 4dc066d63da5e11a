namespace LinkGateway.Client.Sending;

/// <summary>Where a sending stands.</summary>
public enum SendPhase
{
    /// <summary>Asking the gateway to open the transfer.</summary>
    Opening,

    /// <summary>Reading and sending chunks.</summary>
    Sending,

    /// <summary>Committing; the gateway verifies the whole file.</summary>
    Committing,

    /// <summary>Accepted; waiting for the deliveries.</summary>
    Delivering,
}

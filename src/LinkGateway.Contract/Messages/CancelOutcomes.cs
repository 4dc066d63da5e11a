namespace LinkGateway.Contract.Messages;

/// <summary>What <see cref="CancelledDelivery.Outcome"/> may say.</summary>
public static class CancelOutcomes
{
    /// <summary>It is withdrawn.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>It has gone to another gateway, which is being asked; ask again.</summary>
    public const string Pending = "pending";

    /// <summary>It is with the receiver, or on its last step there.</summary>
    public const string TooLate = "tooLate";
}

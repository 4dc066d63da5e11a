namespace LinkGateway.Core.Configuration;

/// <summary>What an origin is told by callback.</summary>
public enum CallbackKind
{
    /// <summary>Accepted receipts. Whoever hands a file in has its own from the answer; these are also those of gateways behind.</summary>
    Accepted,

    /// <summary>Validated receipts.</summary>
    Validated,

    /// <summary>Delivered receipts.</summary>
    Delivered,

    /// <summary>Applied receipts, of rejected files too.</summary>
    Applied,

    /// <summary>Deliveries that were given up, or rejected by their receiver.</summary>
    Failed,
}

namespace LinkGateway.Contract.Errors;

/// <summary>Whose fault it is (DESIGN section 8): decides the SOAP fault code, whether a retry can help, and who is told.</summary>
public enum FaultSide
{
    /// <summary>The sender must change something; the same request fails again.</summary>
    Sender,

    /// <summary>The gateway's own trouble; a retry may help.</summary>
    Gateway,

    /// <summary>The receiver or the next gateway.</summary>
    Receiver,
}

namespace LinkGateway.Contract.Wire;

/// <summary>The HTTP headers by which gateways tell each other, and callers, of a message (DESIGN section 6).</summary>
public static class LinkGatewayHeaders
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "LinkGateway-";

    /// <summary>The participant that the message comes from; believed only from gateways.</summary>
    public const string Origin = "LinkGateway-Origin";

    /// <summary>The gateways that the message came through, in order, separated by commas; believed only from gateways.</summary>
    public const string Hops = "LinkGateway-Hops";

    /// <summary>The id of the message: its wsa:MessageID, or the one that the first gateway gave it; believed only from gateways.</summary>
    public const string MessageId = "LinkGateway-Message-Id";

    /// <summary>The code of a fault that a gateway itself answers with, beside the fault; never passed on from a receiver.</summary>
    public const string Fault = "LinkGateway-Fault";

    /// <summary>The id of the transfer that a stored message became.</summary>
    public const string TransferId = "LinkGateway-Transfer-Id";

    /// <summary>The accepted receipt of a stored message, in base64; sent to gateways.</summary>
    public const string Receipt = "LinkGateway-Receipt";

    /// <summary>The manifest of a stored message as XML, in base64; from gateways only.</summary>
    public const string Manifest = "LinkGateway-Manifest";

    /// <summary>The entry gateway's accepted receipt of a stored message, in base64; from gateways only.</summary>
    public const string EntryReceipt = "LinkGateway-Entry-Receipt";

    /// <summary>Of a stored message that is the n-th copy: n; left out for the message itself. From gateways only.</summary>
    public const string Replay = "LinkGateway-Replay";
}

namespace LinkGateway.Soap.Sending;

/// <summary>How far a request had come when its exchange broke.</summary>
public enum SoapTransportStage
{
    /// <summary>
    /// The last byte of the request was never handed to the connection, and nothing came back: the server cannot have acted on the
    /// message.
    /// </summary>
    NotSent,

    /// <summary>The request was sent whole, or may have been: whether the server acted on it is in doubt.</summary>
    MaybeSent,
}

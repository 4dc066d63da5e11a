namespace LinkGateway.Soap.Envelope;

/// <summary>Who or what is to blame, in the words of SOAP 1.2; SOAP 1.1 calls the first two <c>Client</c> and <c>Server</c>.</summary>
public enum SoapFaultCode
{
    /// <summary>The message was wrong; sending it again unchanged brings the same fault (1.1: <c>Client</c>).</summary>
    Sender,

    /// <summary>The message may have been right; it can be tried again (1.1: <c>Server</c>).</summary>
    Receiver,

    /// <summary>The envelope's version is not known.</summary>
    VersionMismatch,

    /// <summary>A header block that had to be understood was not.</summary>
    MustUnderstand,
}

namespace LinkGateway.Core.Configuration;

/// <summary>Which version of SOAP files are pushed in.</summary>
public enum ReceiverSoap
{
    /// <summary>SOAP 1.1.</summary>
    Soap11,

    /// <summary>SOAP 1.2.</summary>
    Soap12,
}

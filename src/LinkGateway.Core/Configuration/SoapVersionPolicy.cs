namespace LinkGateway.Core.Configuration;

/// <summary>Which version of SOAP a receiver is spoken to in.</summary>
public enum SoapVersionPolicy
{
    /// <summary>That of the caller: messages pass unchanged.</summary>
    AsSent,

    /// <summary>SOAP 1.1; messages of callers that speak 1.2 are converted, and the answers back.</summary>
    Soap11,

    /// <summary>SOAP 1.2; messages of callers that speak 1.1 are converted, and the answers back.</summary>
    Soap12,
}

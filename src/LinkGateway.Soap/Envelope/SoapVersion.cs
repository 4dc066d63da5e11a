namespace LinkGateway.Soap.Envelope;

/// <summary>The version of SOAP an envelope is written in; told by the namespace of its root element.</summary>
public enum SoapVersion
{
    /// <summary>SOAP 1.1 (W3C Note 2000-05-08), media type <c>text/xml</c>, as WS-I Basic Profile 1.1 uses it.</summary>
    Soap11,

    /// <summary>SOAP 1.2 (W3C Recommendation 2007-04-27), media type <c>application/soap+xml</c>.</summary>
    Soap12,
}

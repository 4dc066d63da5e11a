namespace LinkGateway.Contract.Wire;

/// <summary>The detail of a fault that a gateway itself answers a synchronous call with (<c>wsdl/gateway-fault.xsd</c>).</summary>
public static class GatewayFaultNames
{
    /// <summary>The namespace.</summary>
    public const string Namespace = "http://linkgateway.example/fault/2026";

    /// <summary>The element in the detail, with <c>code</c> and <c>text</c>.</summary>
    public const string Element = "gatewayFault";
}

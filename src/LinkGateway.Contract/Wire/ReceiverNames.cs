namespace LinkGateway.Contract.Wire;

/// <summary>Namespace and fixed names of the batch receiver contract (<c>wsdl/batch-receiver.wsdl</c>).</summary>
public static class ReceiverNames
{
    /// <summary>Namespace of the operations, their messages and types.</summary>
    public const string Namespace = "http://linkgateway.example/batch-receiver/2026";

    /// <summary>The element of the typed fault detail.</summary>
    public const string Fault = "receiverFault";
}

namespace LinkGateway.Contract.Wire;

/// <summary>Namespaces and fixed names of the batch contract (<c>wsdl/batch-transfer.wsdl</c>, <c>wsdl/batch-types.xsd</c>).</summary>
public static class BatchNames
{
    /// <summary>Namespace of the operations, their messages and types. Frozen: answers never gain elements within it.</summary>
    public const string Namespace = "http://linkgateway.example/batch/2026";

    /// <summary>Namespace of the receipt document (<c>wsdl/receipt.xsd</c>).</summary>
    public const string ReceiptNamespace = "http://linkgateway.example/receipt/2026";

    /// <summary>The namespace before the contract was frozen: the digests of manifests of that time were computed with it.</summary>
    internal const string DraftNamespace = Namespace + "/draft";

    /// <summary>The namespace of receipts of that time, which stay evidence.</summary>
    internal const string DraftReceiptNamespace = ReceiptNamespace + "/draft";

    /// <summary>Namespace of the WS-I attachment reference type <c>swaRef</c> (Attachments Profile 1.0, 4.4).</summary>
    public const string SwaRefNamespace = "http://ws-i.org/profiles/basic/1.1/xsd";

    /// <summary>The one child of a response wrapper.</summary>
    public const string Result = "result";

    /// <summary>The element of the typed fault detail.</summary>
    public const string Fault = "batchFault";

    /// <summary>The element that holds a manifest.</summary>
    public const string Manifest = "manifest";
}

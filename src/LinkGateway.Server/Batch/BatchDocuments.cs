using LinkGateway.Soap.Wsdl;

namespace LinkGateway.Server.Batch;

/// <summary>The WSDL and XSD documents of the batch contract, as embedded in the process.</summary>
static class BatchDocuments
{
    const string Prefix = "wsdl/";

    /// <summary>A publisher of all documents; <c>?wsdl</c> is the one with SOAP 1.1.</summary>
    public static WsdlPublisher Publisher()
    {
        var assembly = typeof(BatchDocuments).Assembly;
        var documents = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], Read);
        return new WsdlPublisher(documents, "batch-transfer.wsdl");

        byte[] Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}

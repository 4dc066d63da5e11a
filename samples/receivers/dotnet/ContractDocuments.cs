using LinkGateway.Soap.Wsdl;

namespace LinkGateway.Samples.FileReceiver;

/// <summary>The documents of the batch receiver contract, embedded in the program; ?wsdl gives them with this system's address.</summary>
static class ContractDocuments
{
    const string Prefix = "wsdl/";

    public static WsdlPublisher Publisher()
    {
        var assembly = typeof(ContractDocuments).Assembly;
        var documents = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name =>
            {
                using var resource = assembly.GetManifestResourceStream(name)!;
                var bytes = new byte[resource.Length];
                resource.ReadExactly(bytes);
                return bytes;
            });
        return new WsdlPublisher(documents, "batch-receiver.wsdl");
    }
}

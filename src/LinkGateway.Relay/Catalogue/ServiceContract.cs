using System.Collections.Frozen;
using System.Xml.Linq;
using System.Xml.Schema;
using LinkGateway.Soap.Wsdl;

namespace LinkGateway.Relay.Catalogue;

/// <summary>A service of a WSDL document: its operations, its compiled schemas and the documents it is published by. Immutable.</summary>
public sealed class ServiceContract
{
    readonly FrozenDictionary<XName, ServiceOperation> _byRequest;
    readonly ServiceOperation? _withEmptyBody;

    internal ServiceContract(
        XName name, string file, IReadOnlyList<ServiceOperation> operations, XmlSchemaSet schemas, WsdlPublisher documents)
    {
        Name = name;
        File = file;
        Operations = operations;
        Schemas = schemas;
        Documents = documents;
        _byRequest = operations.Where(operation => operation.Request is not null)
            .ToFrozenDictionary(operation => operation.Request!);
        _withEmptyBody = operations.FirstOrDefault(operation => operation.Request is null);
    }

    /// <summary>The name of the service.</summary>
    public XName Name { get; }

    /// <summary>The WSDL document it was read from, relative to the folder.</summary>
    public string File { get; }

    /// <summary>The operations of all its SOAP ports, each once.</summary>
    public IReadOnlyList<ServiceOperation> Operations { get; }

    /// <summary>
    /// The documents to serve: <c>?wsdl</c> is <see cref="File"/>, <c>?wsdl=soap12</c>, <c>=mime</c> and <c>=soap12mime</c> are the
    /// variants beside it, <c>?xsd=</c> takes a path relative to the folder.
    /// </summary>
    public WsdlPublisher Documents { get; }

    internal XmlSchemaSet Schemas { get; }

    /// <summary>
    /// Finds the operation of a request by what stands in its body (WS-I BP 1.1 R2710), as some clients send no SOAPAction.
    /// </summary>
    /// <param name="bodyElement">The first element of the body; null where the body is empty.</param>
    /// <returns>The operation, or null where the service has none with such a request.</returns>
    public ServiceOperation? FindOperation(XName? bodyElement) =>
        bodyElement is null ? _withEmptyBody : _byRequest.GetValueOrDefault(bodyElement);
}

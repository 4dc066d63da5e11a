using System.Xml;
using LinkGateway.Contract.Errors;

namespace LinkGateway.Contract.Wire;

/// <summary>One operation of the batch contract, or of the batch receiver contract: its names, and its messages to and from XML.</summary>
/// <remarks>
/// <para>
/// Document/literal wrapped. The request wrapper is an element named as the operation with the request's fields; the response wrapper,
/// <c>…Response</c>, has exactly one child, <c>result</c>, with the answer's fields. Every field is a qualified element of
/// the contract's namespace, a list is the repeated element itself, and an optional field that has no value is not written. Sizes
/// are xs:long, digests 64 lower-case hexadecimal digits, instants xs:dateTime in UTC, bytes xs:base64Binary.
/// </para>
/// <para>
/// Readers accept the fields in any order, ignore attributes and refuse with LG-1001 (not well-formed, or another message), LG-1002 (field
/// missing), LG-1003 (field invalid, unknown, repeated or unqualified; named by its path, such as <c>manifest.size</c>) and LG-1006. Which
/// values a well-formed field may hold is Core's matter. The reader handed in must keep white space and must refuse DTDs.
/// </para>
/// <para>Thread-safe.</para>
/// </remarks>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResult">The answer.</typeparam>
public sealed class BatchOperation<TRequest, TResult>
    where TRequest : class
    where TResult : class
{
    readonly Shape<TRequest> _request;
    readonly Shape<TResult> _response;

    internal BatchOperation(string name, Shape<TRequest> request, Shape<TResult> result, string ns = BatchNames.Namespace)
    {
        Name = name;
        Request = new XmlQualifiedName(name, ns);
        Response = new XmlQualifiedName(name + "Response", ns);
        _request = request;
        _response = new Shape<TResult>(
            (f, value) => f.Group(BatchNames.Result, value, result),
            f => f.Group(BatchNames.Result, result));
    }

    /// <summary>Name of the operation, such as <c>OpenTransfer</c>.</summary>
    public string Name { get; }

    /// <summary>Name of the request wrapper: what a server dispatches by.</summary>
    public XmlQualifiedName Request { get; }

    /// <summary>Name of the response wrapper.</summary>
    public XmlQualifiedName Response { get; }

    /// <summary>The SOAPAction of the WSDL, without quotes. Clients send it; servers do not need it.</summary>
    public string Action => $"{Request.Namespace}/{Name}";

    /// <summary>Writes the request wrapper.</summary>
    /// <exception cref="ArgumentException">A text holds a character that XML cannot carry.</exception>
    public void WriteRequest(XmlWriter writer, TRequest request) => Write(writer, Request, request, _request);

    /// <summary>Reads the request wrapper that <paramref name="reader"/> stands on, to behind its end.</summary>
    /// <param name="reader">A reader on the wrapper's start.</param>
    /// <param name="zone">The gateway's zone, in which dateTimes without an offset are meant.</param>
    public Outcome<TRequest> ReadRequest(XmlReader reader, TimeZoneInfo zone) => Read(reader, Request, _request, zone);

    /// <summary>Writes the response wrapper.</summary>
    /// <exception cref="ArgumentException">A text holds a character that XML cannot carry.</exception>
    public void WriteResult(XmlWriter writer, TResult result) => Write(writer, Response, result, _response);

    /// <summary>Reads the response wrapper that <paramref name="reader"/> stands on, to behind its end.</summary>
    /// <param name="reader">A reader on the wrapper's start.</param>
    /// <param name="zone">The zone in which dateTimes without an offset are meant; a gateway writes none such.</param>
    public Outcome<TResult> ReadResult(XmlReader reader, TimeZoneInfo zone) => Read(reader, Response, _response, zone);

    static void Write<T>(XmlWriter writer, XmlQualifiedName name, T value, Shape<T> shape)
        where T : class => new FieldWriter(writer, name.Namespace).Group(name.Name, value, shape);

    static Outcome<T> Read<T>(XmlReader reader, XmlQualifiedName name, Shape<T> shape, TimeZoneInfo zone) =>
        FieldReader.Read(reader, name, shape, zone);
}

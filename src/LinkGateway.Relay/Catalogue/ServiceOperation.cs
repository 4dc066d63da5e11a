using System.Xml.Linq;

namespace LinkGateway.Relay.Catalogue;

/// <summary>An operation of a service, as its messages look on the wire.</summary>
public sealed class ServiceOperation
{
    internal ServiceOperation(string name, XName? request)
    {
        Name = name;
        Request = request;
    }

    /// <summary>The name in the port type.</summary>
    public string Name { get; }

    /// <summary>The element in the body of a request; null where the body is empty.</summary>
    public XName? Request { get; }

    /// <summary>The element in the body of a response; null where the operation is one-way or the body is empty.</summary>
    public XName? Response { get; internal init; }

    /// <summary>The SOAPAction of the binding, without quotes; empty where there is none.</summary>
    public string SoapAction { get; internal init; } = "";

    /// <summary>Whether no answer is defined.</summary>
    public bool IsOneWay { get; internal init; }

    /// <summary>The elements that a fault's detail may hold.</summary>
    public IReadOnlyList<XName> Faults { get; internal init; } = [];
}

using System.Xml.Linq;

namespace LinkGateway.Relay.Catalogue;

/// <summary>An operation as the WSDL has it, before it is known whether the schemas declare its elements.</summary>
sealed record OperationDraft(XElement Element, string Name, XName? Request, XName? Response)
{
    public string SoapAction { get; init; } = "";

    public bool IsOneWay { get; init; }

    public IReadOnlyList<XName> Faults { get; init; } = [];

    /// <summary>The parts that name the elements in the body.</summary>
    public IReadOnlyList<XElement> Parts { get; init; } = [];

    public ServiceOperation ToOperation() =>
        new(Name, Request) { Response = Response, SoapAction = SoapAction, IsOneWay = IsOneWay, Faults = Faults };
}

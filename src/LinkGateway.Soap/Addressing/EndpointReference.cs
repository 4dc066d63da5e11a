using System.Xml.Linq;

namespace LinkGateway.Soap.Addressing;

/// <summary>Where a WS-Addressing message is to go.</summary>
/// <param name="Address">The address, an absolute URI kept as the text it came in.</param>
public sealed record EndpointReference(string Address)
{
    /// <summary>The address that stands for the answer of the same HTTP exchange.</summary>
    public const string Anonymous = "http://www.w3.org/2005/08/addressing/anonymous";

    /// <summary>The same in the submission of August 2004.</summary>
    public const string SubmissionAnonymous = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";

    /// <summary>The address to which nothing is ever sent.</summary>
    public const string None = "http://www.w3.org/2005/08/addressing/none";

    /// <summary>Elements that whoever sends to this endpoint must repeat as header blocks, in the order they came.</summary>
    public IReadOnlyList<XElement> ReferenceParameters { get; init; } = [];

    /// <summary>Whether the answer goes back in the same HTTP exchange.</summary>
    public bool IsAnonymous => Address == Anonymous;
}

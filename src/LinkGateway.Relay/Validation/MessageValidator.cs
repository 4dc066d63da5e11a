using System.Xml;
using System.Xml.Linq;
using LinkGateway.Relay.Catalogue;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Relay.Validation;

/// <summary>
/// Validates the bodies of messages against the contract of a service, in one pass over the text and without building trees. Safe from
/// any thread.
/// </summary>
/// <remarks>
/// Headers are not looked at. Attributes of SOAP's own namespaces (<c>encodingStyle</c>) are passed over, and so is what stands for an
/// attachment by <c>xop:Include</c>. Schemas that a message itself names are never read.
/// </remarks>
public sealed class MessageValidator
{
    /// <summary>The most findings for one message; validation stops there.</summary>
    public const int MostFindings = 20;

    readonly ServiceContract _contract;

    /// <summary>Validates messages of a service.</summary>
    /// <param name="contract">The contract.</param>
    public MessageValidator(ServiceContract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        _contract = contract;
    }

    /// <summary>Validates a request.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="operation">The operation of the contract.</param>
    /// <returns>What is wrong, in the order of the text; empty where all is well.</returns>
    public IReadOnlyList<ValidationFinding> ValidateRequest(SoapEnvelope envelope, ServiceOperation operation)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(operation);
        return ValidateBody(envelope, operation.Request, $"a request of {operation.Name}");
    }

    /// <summary>
    /// Validates a response: the answer of the operation, or a fault, of which the detail's declared elements are validated.
    /// </summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="operation">The operation of the contract.</param>
    /// <returns>What is wrong, in the order of the text; empty where all is well.</returns>
    public IReadOnlyList<ValidationFinding> ValidateResponse(SoapEnvelope envelope, ServiceOperation operation)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(operation);
        return envelope.IsFault
            ? ValidateFault(envelope, operation)
            : ValidateBody(envelope, operation.Response, $"a response of {operation.Name}");
    }

    List<ValidationFinding> ValidateBody(SoapEnvelope envelope, XName? expected, string message)
    {
        if (envelope.BodyName is null)
        {
            if (expected is null)
                return [];
            var missing = $"The body is empty; {message} holds '{expected.LocalName}' of '{expected.NamespaceName}'.";
            return [new(0, 0, "/Body", "missing element", missing)];
        }
        using var reader = envelope.ReadBody();
        if (Misplaced(envelope, expected, message) is { } text)
        {
            var at = (IXmlLineInfo)reader;
            return [new(at.LineNumber, at.LinePosition, $"/Body/{FindingTexts.Short(envelope.BodyName.LocalName)}", "wrong element", text)];
        }
        var pass = new ValidationPass(reader, _contract.Schemas);
        pass.ValidateElement();
        return pass.Findings(envelope);
    }

    static string? Misplaced(SoapEnvelope envelope, XName? expected, string message)
    {
        if (expected is null)
            return $"The body is not empty; {message} has an empty one.";
        if (envelope.BodyName != expected)
        {
            var (name, space) = (FindingTexts.Short(envelope.BodyName!.LocalName), FindingTexts.Short(envelope.BodyName.NamespaceName));
            return $"The body holds '{name}' of '{space}'; "
                + $"{message} holds '{expected.LocalName}' of '{expected.NamespaceName}'.";
        }
        return envelope.BodyElements > 1 ? $"The body holds {envelope.BodyElements} elements; {message} holds one." : null;
    }

    List<ValidationFinding> ValidateFault(SoapEnvelope envelope, ServiceOperation operation)
    {
        if (operation.Faults.Count == 0)
            return [];
        using var reader = envelope.ReadBody();
        if (!MoveToDetail(reader, envelope.Version))
            return [];
        var pass = new ValidationPass(reader, _contract.Schemas);
        var depth = reader.Depth + 1;
        reader.Read();
        while (reader.Depth >= depth && !pass.IsFull)
        {
            if (reader.NodeType != XmlNodeType.Element)
                reader.Read();
            else if (operation.Faults.Contains(XName.Get(reader.LocalName, reader.NamespaceURI)))
                pass.ValidateElement();
            else
                reader.Skip();
        }
        return pass.Findings(envelope);
    }

    // The detail is unqualified in SOAP 1.1 (BP R1000, R1001).
    static bool MoveToDetail(XmlReader reader, SoapVersion version)
    {
        var (name, space) = version == SoapVersion.Soap11 ? ("detail", "") : ("Detail", version.Namespace());
        if (reader.IsEmptyElement)
            return false;
        var depth = reader.Depth + 1;
        reader.Read();
        while (reader.Depth >= depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                reader.Read();
            else if (reader.LocalName == name && reader.NamespaceURI == space)
                return !reader.IsEmptyElement;
            else
                reader.Skip();
        }
        return false;
    }
}

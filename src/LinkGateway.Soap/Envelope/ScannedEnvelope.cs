using System.Xml.Linq;

namespace LinkGateway.Soap.Envelope;

/// <summary>What one pass over an envelope found, once it is proved whole.</summary>
sealed class ScannedEnvelope
{
    public required SoapVersion Version { get; init; }

    public required XName? BodyName { get; init; }

    public required int BodyElements { get; init; }

    /// <summary>The header blocks in the order they came.</summary>
    public required IReadOnlyList<XElement> Headers { get; init; }

    public required bool HasHref { get; init; }

    public required bool HasInclude { get; init; }

    public required bool HasEncodingStyle { get; init; }
}

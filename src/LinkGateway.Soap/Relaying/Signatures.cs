using System.Xml.Linq;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Relaying;

/// <summary>
/// Whether an XML signature in an envelope (WS-Security, SOAP-SEC or of one's own) covers what a relay would change. Nothing is verified;
/// what is not understood counts as covering. Stateless and safe from any thread.
/// </summary>
public static class Signatures
{
    static readonly XNamespace DigitalSignature = "http://www.w3.org/2000/09/xmldsig#";

    // These choose nothing beyond the element that the reference names, so an element elsewhere is not covered.
    static readonly HashSet<string> KnownTransforms =
    [
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/2006/12/xml-c14n11#WithComments",
        "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform",
    ];

    /// <summary>
    /// What covers the addresses that <see cref="EnvelopeRewriter.ReplaceReplyAddresses"/> would replace: a reference to the whole
    /// document, to one of these blocks, to anything in it or to an element around it.
    /// </summary>
    /// <param name="envelope">The envelope.</param>
    /// <returns>The first reference that covers; null where none does, or nothing would be replaced.</returns>
    public static SignedReference? CoveringReplyAddresses(SoapEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (!envelope.Headers.Any(CallbackAddresses.IsReplaced))
            return null;
        var root = envelope.Load();
        var blocks = root.Element(envelope.Version.Namespace() + "Header")!.Elements().Zip(envelope.Headers)
            .Where(block => CallbackAddresses.IsReplaced(block.Second)).Select(block => block.First).ToArray();
        // Any number of references may name one id that any number of elements have: sets keep the work linear.
        var changed = Ids(blocks.SelectMany(block => block.AncestorsAndSelf().Concat(block.Descendants())));
        var known = Ids(root.DescendantsAndSelf());
        return Find(root, reference => Covers(reference, changed, known));
    }

    /// <summary>What covers anything that the conversion to another version of SOAP writes anew: all but attachments.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <returns>The first reference that covers; null where none does.</returns>
    public static SignedReference? CoveringEnvelope(SoapEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return Find(envelope.Load(), reference => !IsAttachment(UriOf(reference)));
    }

    static SignedReference? Find(XElement root, Func<XElement, bool> covers)
    {
        foreach (var signature in root.Descendants(DigitalSignature + "Signature"))
        {
            var references = signature.Descendants(DigitalSignature + "Reference").ToArray();
            // The child of Header or Body that it stands in.
            var block = signature.AncestorsAndSelf().Reverse().ElementAt(2).Name;
            if (references.Length == 0)
                return new SignedReference(block, null);
            if (Array.Find(references, reference => covers(reference)) is { } covering)
                return new SignedReference(block, UriOf(covering));
        }
        return null;
    }

    static bool Covers(XElement reference, HashSet<string> changed, HashSet<string> known)
    {
        var uri = UriOf(reference);
        if (IsAttachment(uri))
            return false;
        if (uri is not ['#', .. var id] || !known.Contains(id) || changed.Contains(id))
            return true;
        return !reference.Descendants(DigitalSignature + "Transform")
            .All(transform => KnownTransforms.Contains(transform.Attribute("Algorithm")?.Value ?? ""));
    }

    static string? UriOf(XElement reference) => reference.Attribute("URI")?.Value;

    static bool IsAttachment(string? uri) => uri?.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) == true;

    // Id, ID, id, wsu:Id and xml:id: which of them counts depends on whoever verifies.
    static HashSet<string> Ids(IEnumerable<XElement> elements) => elements.SelectMany(element => element.Attributes())
        .Where(attribute => attribute.Name.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase))
        .Select(attribute => attribute.Value).ToHashSet(StringComparer.Ordinal);
}

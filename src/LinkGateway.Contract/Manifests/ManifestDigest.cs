using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Wire;
using LinkGateway.Contract.Wire.Shapes;

namespace LinkGateway.Contract.Manifests;

/// <summary>The manifest digest: SHA-256 over a normal form that any vendor can produce.</summary>
/// <remarks>
/// The normal form is the UTF-8 text, without byte order mark and XML declaration, of:
/// <list type="number">
/// <item>the element <c>manifest</c> with the default namespace <see cref="BatchNames.Namespace"/>, and no other attribute or
/// prefix;</item>
/// <item>in it the fields in the order of the schema; <c>createdAt</c> and optional fields without a value left out; <c>mediaType</c>
/// always there (<c>text/csv</c> when the manifest stated none); repeated fields in the origin's order;</item>
/// <item>nothing between elements; numbers without plus sign and leading zeros; digests in lower case; <c>baseDate</c> as
/// <c>yyyy-MM-dd</c>; <c>notAfter</c> in UTC as <c>yyyy-MM-ddTHH:mm:ss</c>, a fraction of at most seven digits without trailing zeros if
/// there is one, and <c>Z</c>; other text as the origin wrote it, white space included;</item>
/// <item>in text <c>&amp;amp;</c>, <c>&amp;lt;</c>, <c>&amp;gt;</c> and <c>&amp;#xD;</c> for their characters, and nothing else escaped; an
/// empty field as start and end tag.</item>
/// </list>
/// That is what exclusive XML canonicalisation (http://www.w3.org/2001/10/xml-exc-c14n#) makes of a manifest written in that order, without
/// prefix and indentation, and with its dates and numbers in these forms. Thread-safe.
/// </remarks>
public static class ManifestDigest
{
    /// <summary>The digest of <paramref name="manifest"/>.</summary>
    /// <exception cref="ArgumentException">A text holds a character that XML cannot carry.</exception>
    public static Sha256Digest Of(Manifest manifest) => Sha256Digest.Of(NormalForm(manifest));

    /// <summary>
    /// Whether a receipt's digest is that of <paramref name="manifest"/>: as it is, or as it was before the contract was frozen.
    /// </summary>
    public static bool Fits(Sha256Digest stated, Manifest manifest) =>
        stated == Of(manifest) || stated == Sha256Digest.Of(NormalForm(manifest, BatchNames.DraftNamespace));

    /// <summary>The bytes that the digest covers.</summary>
    /// <exception cref="ArgumentException">A text holds a character that XML cannot carry.</exception>
    public static byte[] NormalForm(Manifest manifest) => NormalForm(manifest, BatchNames.Namespace);

    static byte[] NormalForm(Manifest manifest, string ns) =>
        CanonicalXml.Write(ns, BatchNames.Manifest, manifest, ManifestShape.WithoutCreatedAt);
}

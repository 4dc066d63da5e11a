namespace LinkGateway.Contract.Receipts;

/// <summary>Identifiers of XML Signature that receipts use, and no others.</summary>
static class DsigNames
{
    public const string Namespace = "http://www.w3.org/2000/09/xmldsig#";
    public const string EnvelopedSignature = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    public const string ExclusiveC14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
}

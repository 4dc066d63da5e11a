using LinkGateway.Soap.Envelope;

namespace LinkGateway.Soap.Relaying;

/// <summary>What the attributes of SOAP become when an envelope is written in the other version.</summary>
/// <param name="from">The version that came.</param>
/// <param name="to">The version to write.</param>
/// <param name="prefix">A prefix for the new version that nothing in the envelope declares.</param>
sealed class VersionChange(SoapVersion from, SoapVersion to, string prefix)
{
    const string Next11 = "http://schemas.xmlsoap.org/soap/actor/next";
    const string Next12 = "http://www.w3.org/2003/05/soap-envelope/role/next";
    const string UltimateReceiver12 = "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver";
    const string NoEncoding12 = "http://www.w3.org/2003/05/soap-envelope/encoding/none";

    public string Old { get; } = from.Namespace().NamespaceName;

    public string New { get; } = to.Namespace().NamespaceName;

    public string Prefix => prefix;

    public bool ToSoap12 => to == SoapVersion.Soap12;

    public string EncodingStyle(string value) => (ToSoap12, value.Trim()) switch
    {
        // SOAP 1.1 4.1.1: the empty value makes no claim.
        (true, "") => NoEncoding12,
        (false, NoEncoding12) => "",
        _ => value,
    };

    /// <summary>The attribute of a header block that an attribute of the old version becomes; null where it is dropped.</summary>
    public (string Name, string Value)? BlockAttribute(string name, string value) => name switch
    {
        "mustUnderstand" => (name, (value.Trim() is "1" or "true", ToSoap12) switch
        {
            (true, true) => "true",
            (false, true) => "false",
            (true, false) => "1",
            (false, false) => "0",
        }),
        "actor" or "role" => Role(value.Trim()) is { } role ? (ToSoap12 ? "role" : "actor", role) : null,
        _ => null,
    };

    /// <summary>Whether an attribute of the old version means something on a header block.</summary>
    public bool IsBlockAttribute(string name) => name is "mustUnderstand" || (ToSoap12 ? name is "actor" : name is "role" or "relay");

    string? Role(string value) => value switch
    {
        // No attribute means the ultimate receiver in both versions.
        "" or UltimateReceiver12 => null,
        Next11 when ToSoap12 => Next12,
        Next12 when !ToSoap12 => Next11,
        _ => value,
    };
}

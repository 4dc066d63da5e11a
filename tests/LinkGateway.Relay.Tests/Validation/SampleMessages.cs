using System.Text;
using LinkGateway.Relay.Catalogue;
using LinkGateway.Soap.Envelope;

namespace LinkGateway.Relay.Validation;

/// <summary>A contract with one operation Get, and messages to validate against it.</summary>
static class SampleMessages
{
    public const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    /// <summary>A contract whose schema, in the namespace urn:t with the prefix t, declares what is given.</summary>
    public static ServiceContract Contract(string declarations, bool fault = false) => Load(CatalogueFiles.Wsdl(
        $"<xs:schema targetNamespace='urn:t' elementFormDefault='qualified'>{declarations}</xs:schema>"), fault);

    public static ServiceContract Load(string wsdl, bool fault = false)
    {
        if (fault)
        {
            const string Output = "<w:output message='t:GetResponse'/>";
            wsdl = wsdl.Replace(Output, $"{Output}<w:fault name='f' message='t:F'/>", StringComparison.Ordinal)
                .Replace("<w:portType", "<w:message name='F'><w:part name='f' element='t:Problem'/></w:message><w:portType",
                    StringComparison.Ordinal);
        }
        using var files = new CatalogueFiles();
        var catalogue = files.Add("a.wsdl", wsdl).Load();
        Assert.Empty(catalogue.Errors);
        return catalogue.Find("a.wsdl", null)!;
    }

    public static SoapEnvelope Envelope(string body, string soap = Soap11) => SoapEnvelope.Parse(Encoding.UTF8.GetBytes(
        $"<s:Envelope xmlns:s='{soap}' xmlns:t='urn:t' xmlns:xs='http://www.w3.org/2001/XMLSchema' "
        + "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"
        + $"<s:Header><t:Body><t:Get/></t:Body></s:Header><s:Body>{body}</s:Body></s:Envelope>"));

    public static IReadOnlyList<ValidationFinding> ValidateRequest(this ServiceContract contract, string body) =>
        new MessageValidator(contract).ValidateRequest(Envelope(body), contract.Operations[0]);

    public static IReadOnlyList<ValidationFinding> ValidateResponse(this ServiceContract contract, string body, string soap = Soap11) =>
        new MessageValidator(contract).ValidateResponse(Envelope(body, soap), contract.Operations[0]);
}

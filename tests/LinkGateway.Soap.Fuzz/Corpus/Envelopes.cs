using System.Globalization;

namespace LinkGateway.Soap.Fuzz.Corpus;

/// <summary>Envelopes in the spellings of several toolkits.</summary>
static class Envelopes
{
    public const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";
    public const string Addressing = "http://www.w3.org/2005/08/addressing";

    public const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n";

    public const string Submit = "<b:SubmitFile xmlns:b=\"urn:example:batch\"><parameters><transferId>t-1</transferId>"
        + "<file>cid:data@example.org</file></parameters></b:SubmitFile>";

    public const string Japanese = "<m:Juusho xmlns:m=\"urn:example:m\" m:ku=\"北区\">京都府&#x20BB7;野 <![CDATA[<丁目>]]>&amp;</m:Juusho>";

    public const string AddressingHeaders =
        $"<a:MessageID xmlns:a=\"{Addressing}\">urn:uuid:6e0c3c2e-0001</a:MessageID><a:To xmlns:a=\"{Addressing}\">http://gateway/batch</a:To>"
        + $"<a:Action xmlns:a=\"{Addressing}\" s:mustUnderstand=\"1\">urn:submit</a:Action>"
        + $"<a:RelatesTo xmlns:a=\"{Addressing}\">urn:uuid:6e0c3c2e-0000</a:RelatesTo>"
        + $"<a:ReplyTo xmlns:a=\"{Addressing}\"><a:Address>http://caller/answers</a:Address><a:ReferenceParameters>"
        + "<k:key xmlns:k=\"urn:example:k\" k:n=\"1\">7<k:in/></k:key></a:ReferenceParameters></a:ReplyTo>"
        + $"<a:FaultTo xmlns:a=\"{Addressing}\"><a:Address>{Addressing}/none</a:Address></a:FaultTo>";

    public const string Fault11 = "<s:Fault><faultcode>s:Server.userException</faultcode><faultstring xml:lang=\"ja\">受付できません</faultstring>"
        + "<faultactor>urn:gateway</faultactor><detail><e:LG xmlns:e=\"urn:example:e\" code=\"LG-1001\">a &lt; b</e:LG> <more/></detail></s:Fault>";

    public const string Fault12 = "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>s:Any</s:Value></s:Subcode></s:Code>"
        + "<s:Reason><s:Text xml:lang=\"en\">no such transfer</s:Text><s:Text xml:lang=\"ja\">転送なし</s:Text></s:Reason>"
        + "<s:Role>urn:gateway</s:Role><s:Detail><e:LG xmlns:e=\"urn:example:e\">1</e:LG></s:Detail></s:Fault>";

    /// <summary>Short and without blanks, as WCF and zeep write.</summary>
    public static string Of(string soap, string body, string? headers = null) =>
        $"<s:Envelope xmlns:s=\"{soap}\">{(headers is null ? "" : $"<s:Header>{headers}</s:Header>")}<s:Body>{body}</s:Body></s:Envelope>";

    /// <summary>With all the namespaces, types and line ends that Axis and gSOAP write.</summary>
    public static string Wordy(string body) => string.Create(CultureInfo.InvariantCulture,
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <SOAP-ENV:Envelope xmlns:SOAP-ENV="{Soap11}" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
         <!-- made by hand -->
         <SOAP-ENV:Header>
          <h:session xmlns:h="urn:example:h" SOAP-ENV:actor="urn:someone" SOAP-ENV:mustUnderstand="true" xsi:type="xsd:string">a
        b</h:session>
          <h:empty xmlns:h="urn:example:h" SOAP-ENV:actor="http://schemas.xmlsoap.org/soap/actor/next" SOAP-ENV:mustUnderstand="0"/>
         </SOAP-ENV:Header>
         <SOAP-ENV:Body SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
          {body}
         </SOAP-ENV:Body>
        </SOAP-ENV:Envelope>

        """);
}

using LinkGateway.Testing.Http;

namespace LinkGateway.Interop.Tests.Toolkits;

/// <summary>The resident register (住民基本台帳) behind the gateway: knows one resident, and answers in the caller's version of SOAP.</summary>
sealed class ResidentReceiver : IAsyncDisposable
{
    /// <summary>宛名番号 of the one resident.</summary>
    public const string Known = "000000000000123";

    /// <summary>A 宛名番号 that is nobody's: answered with the business fault NotFound.</summary>
    public const string Unknown = "000000000000999";

    /// <summary>氏名 of the resident.</summary>
    public const string Name = "藤沢 太郎";

    /// <summary>住所 of the resident: the second character of the name of the house has two code units in UTF-16.</summary>
    public const string Address = "藤沢市朝日町1-1 大𠮷荘 髙橋方";

    const string Contract = "http://linkgateway.example/services/resident/2026";
    const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    const string Found = $"""
        <r:GetResidentResponse xmlns:r="{Contract}"><r:result><r:atenaNumber>{Known}</r:atenaNumber><r:name>{Name}</r:name>
        <r:birthDate>1970-01-01</r:birthDate><r:address>{Address}</r:address><r:asOf>2026-11-27</r:asOf></r:result></r:GetResidentResponse>
        """;

    const string NotFound = $"""
        <r:residentFault xmlns:r="{Contract}"><r:code>NotFound</r:code><r:text>該当者なし</r:text></r:residentFault>
        """;

    readonly RawReceiver _receiver = new(Answer);

    public Uri Url => _receiver.Url;

    /// <summary>How many calls have come.</summary>
    public int Count => _receiver.Requests.Count;

    /// <summary>The last call.</summary>
    public RawRequest Received => _receiver.Requests[^1];

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    static byte[] Answer(RawRequest request)
    {
        var is12 = request.Text.Contains(Soap12, StringComparison.Ordinal);
        var isKnown = request.Text.Contains($">{Known}<", StringComparison.Ordinal);
        var fault = is12
            ? $"<e:Fault><e:Code><e:Value>e:Sender</e:Value></e:Code><e:Reason><e:Text xml:lang=\"ja\">該当者なし</e:Text></e:Reason>"
                + $"<e:Detail>{NotFound}</e:Detail></e:Fault>"
            : $"<e:Fault><faultcode>e:Client</faultcode><faultstring>該当者なし</faultstring><detail>{NotFound}</detail></e:Fault>";
        return RawReceiver.Answer(
            $"<e:Envelope xmlns:e=\"{(is12 ? Soap12 : Soap11)}\"><e:Body>{(isKnown ? Found : fault)}</e:Body></e:Envelope>",
            isKnown ? "200 OK" : is12 ? "400 Bad Request" : "500 Internal Server Error",
            $"Content-Type: {(is12 ? "application/soap+xml" : "text/xml")}; charset=utf-8\r\n");
    }
}
